package org.openclaw.deploy.trust;

import java.util.List;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.osgi.framework.Version;

/**
 * A jar whose structure, entries and signatures have been verified; nothing has been said yet about who signed it. It
 * depends on the bytes alone, so it may be kept as long as their digest is known. Immutable.
 */
public final class VerifiedJar {
    private final Artifact artifact;
    private final BundleManifest manifest;
    private final List<SignedContent> signatures;

    VerifiedJar(Digest digest, long size, BundleManifest manifest, List<SignedContent> signatures) {
        this.artifact = new Artifact(manifest.name(), manifest.version(), digest, size);
        this.manifest = manifest;
        this.signatures = List.copyOf(signatures);
    }

    /** The bundle's name and version, and the digest and size of its bytes. */
    public Artifact artifact() {
        return artifact;
    }

    /** The SHA-256 of the whole file. */
    public Digest digest() {
        return artifact.digest();
    }

    /** The Bundle-SymbolicName. */
    public String name() {
        return artifact.name();
    }

    /** The Bundle-Version. */
    public Version version() {
        return artifact.version();
    }

    /** The agent types that its manifest declares. */
    public List<String> agents() {
        return manifest.agents();
    }

    /** The names of the capabilities that its manifest declares. */
    public List<String> capabilities() {
        return manifest.capabilities();
    }

    BundleManifest manifest() {
        return manifest;
    }

    /** Every signature, the classical ones first. */
    List<SignedContent> signatures() {
        return signatures;
    }
}
