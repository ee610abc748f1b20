package org.openclaw.deploy;

import org.osgi.framework.VersionRange;

/** Something that shall run nowhere, whoever signed it. */
public sealed interface Revocation {
    /** In the words of {@code claw revoke}: what kind of thing, then which. */
    String text();

    /**
     * One jar.
     *
     * @param digest the SHA-256 of its bytes
     */
    record File(Digest digest) implements Revocation {
        @Override
        public String text() {
            return "file " + digest;
        }
    }

    /**
     * The key of a signer or an authority: everything that it signed.
     *
     * @param digest the SHA-256 of its SubjectPublicKeyInfo
     */
    record Key(Digest digest) implements Revocation {
        @Override
        public String text() {
            return "key " + digest;
        }
    }

    /**
     * Versions of a bundle.
     *
     * @param name its Bundle-SymbolicName; a name that no bundle can have, as a list that was edited by hand may hold it,
     *     revokes nothing
     * @param versions the versions; {@link #EVERY_VERSION} for all
     */
    record Bundle(String name, VersionRange versions) implements Revocation {
        /** All versions there are and will be. */
        public static final VersionRange EVERY_VERSION = new VersionRange("0.0.0");

        @Override
        public String text() {
            return "bundle " + name + ", " + (versions.equals(EVERY_VERSION) ? "every version" : versions.toString());
        }
    }
}
