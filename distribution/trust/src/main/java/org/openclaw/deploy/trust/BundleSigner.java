package org.openclaw.deploy.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Provider;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openclaw.deploy.Digest;

/**
 * Signs bundles as the JAR specification says, one signature file and block for each key, and normalises them on the way:
 * manifest and signatures first, no directories, no extra fields, no data descriptors, one fixed time, earlier signatures
 * gone. Every file has a SHA-256 section in the manifest, and the manifest names the signing keys ({@value #SIGNERS}), so
 * that none of the signatures can be taken off unnoticed.
 *
 * <p>One signer signs any number of jars; it keeps no state between them and may be used by many threads.
 */
public final class BundleSigner {
    /** The main attribute that names the signing keys: SHA-256 of each SubjectPublicKeyInfo, the classical one first. */
    public static final String SIGNERS = "OpenClaw-Signers";

    private static final String DIGEST = "SHA-256-Digest";

    private final PublisherKeys keys;
    private final Optional<InstantSource> clock;
    private final Provider provider = new BouncyCastleProvider();

    /** @param clock says the signing time that the signatures carry */
    public BundleSigner(PublisherKeys keys, InstantSource clock) {
        this(keys, Optional.of(clock));
    }

    private BundleSigner(PublisherKeys keys, Optional<InstantSource> clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A signer whose signatures carry no signing time, which nobody verifies anyhow: with Ed25519 keys, the same jar signed
     * again is the same bytes.
     */
    public static BundleSigner reproducible(PublisherKeys keys) {
        return new BundleSigner(keys, Optional.empty());
    }

    /**
     * A signed jar.
     *
     * @param file where it is
     * @param digest of the signed file: its identity from now on
     * @param unsigned of the file that was given
     * @param changes what was left out of it, for people
     */
    public record Signed(Path file, Digest digest, Digest unsigned, List<String> changes) {
        public Signed {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Signs one jar.
     *
     * @param out written in full or not at all; may be {@code jar} itself
     * @throws TrustException when the jar is none, or one that readers could understand differently
     * @throws IOException when it cannot be read or {@code out} cannot be written
     */
    public Signed sign(Path jar, Path out) throws IOException, TrustException {
        var source = UnsignedJar.read(jar);
        var unsigned = Digest.of(Files.readAllBytes(jar));
        var bytes = sign(source);
        DurableFile.write(out, ByteBuffer.wrap(bytes));
        return new Signed(out, Digest.of(bytes), unsigned, source.changes());
    }

    /** Signs many jars into a folder, each under its own name; stops at the first that cannot be signed. */
    public List<Signed> sign(Collection<Path> jars, Path outFolder) throws IOException, TrustException {
        var signed = new ArrayList<Signed>();
        for (var jar : jars) {
            signed.add(sign(jar, outFolder.resolve(jar.getFileName())));
        }
        return List.copyOf(signed);
    }

    private byte[] sign(UnsignedJar source) throws TrustException {
        var main = ManifestText.section(mainAttributes(source));
        var sections = sections(source);
        var manifest = concatenation(main, sections);
        var signatureFile = signatureFile(main, sections, manifest);

        var zip = new PlainZip();
        zip.add(PlainZip.member(JarFile.MANIFEST_NAME, manifest));
        for (var key : keys.keys()) {
            var block = new CmsBlock(provider).detached(signatureFile, key, clock.map(InstantSource::instant));
            var name = "META-INF/" + (key.postQuantum() ? "CLAW-PQ" : "CLAW");
            zip.add(PlainZip.member(name + ".SF", signatureFile));
            zip.add(PlainZip.member(name + "." + key.blockExtension(), block));
        }
        for (var file : source.files().entrySet()) {
            zip.add(PlainZip.member(file.getKey(), file.getValue()));
        }
        return zip.toBytes();
    }

    private Map<String, String> mainAttributes(UnsignedJar source) {
        var attributes = new LinkedHashMap<String, String>();
        var given = source.manifest().getMainAttributes();
        attributes.put("Manifest-Version", String.valueOf(given.getValue(Attributes.Name.MANIFEST_VERSION)));
        given.forEach((name, value) -> {
            if (!name.equals(Attributes.Name.MANIFEST_VERSION)
                    && !name.toString().equalsIgnoreCase(SIGNERS)) {
                attributes.put(name.toString(), value.toString());
            }
        });
        attributes.put(SIGNERS, keys.keys().stream().map(key -> key.id().hex()).collect(Collectors.joining(",")));
        return attributes;
    }

    private static Map<String, byte[]> sections(UnsignedJar source) {
        var sections = new TreeMap<String, byte[]>();
        source.files().forEach((name, content) -> {
            var attributes = new LinkedHashMap<String, String>();
            attributes.put("Name", name);
            var given = source.manifest().getAttributes(name);
            if (given != null) {
                given.forEach((key, value) -> attributes.put(key.toString(), value.toString()));
            }
            attributes.put(DIGEST, digest(content));
            sections.put(name, ManifestText.section(attributes));
        });
        return sections;
    }

    private static byte[] signatureFile(byte[] main, Map<String, byte[]> sections, byte[] manifest) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("Signature-Version", "1.0");
        attributes.put("Created-By", "OpenClaw");
        attributes.put(DIGEST + "-Manifest", digest(manifest));
        attributes.put(DIGEST + "-Manifest-Main-Attributes", digest(main));
        var digests = new LinkedHashMap<String, byte[]>();
        sections.forEach((name, section) -> {
            var entry = new LinkedHashMap<String, String>();
            entry.put("Name", name);
            entry.put(DIGEST, digest(section));
            digests.put(name, ManifestText.section(entry));
        });
        return concatenation(ManifestText.section(attributes), digests);
    }

    private static byte[] concatenation(byte[] main, Map<String, byte[]> sections) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(main);
        sections.values().forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static String digest(byte[] bytes) {
        MessageDigest hash = Digest.sha256();
        return Base64.getEncoder().encodeToString(hash.digest(bytes));
    }
}
