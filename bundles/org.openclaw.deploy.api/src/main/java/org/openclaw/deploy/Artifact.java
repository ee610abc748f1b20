package org.openclaw.deploy;

import org.osgi.framework.Version;

/**
 * A bundle as bytes, identified by name, version and digest.
 *
 * @param name the Bundle-SymbolicName
 * @param version the Bundle-Version
 * @param digest the SHA-256 of the whole file
 * @param size the length of the file in bytes
 */
public record Artifact(String name, Version version, Digest digest, long size) {
    @Override
    public String toString() {
        return name + " " + version + " (sha256 " + digest.brief() + ")";
    }
}
