package org.openclaw.build.signing;

/** The jar could not be signed. The message is one paragraph: what is missing, and what to do. */
final class UnsignedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** How every cure ends. */
    private static final String OR_NOT = " To build without a signature: -Dopenclaw.sign=false.";

    private UnsignedException(String message) {
        super(message + OR_NOT);
    }

    static UnsignedException unset(String property, String what) {
        return new UnsignedException("Not signed: %s is not set (expected: %s). Set it in the pom, or with -D%s=..."
                        .formatted(property, what, property)
                + ".");
    }

    static UnsignedException noInstallation(Object script) {
        return new UnsignedException(
                "Not signed: there is no %s (expected: an installation of OpenClaw). Say where it is with -Dopenclaw.installation=DIR."
                        .formatted(script));
    }

    static UnsignedException noKeys(String publisher, Object folder, String keygen) {
        return new UnsignedException(
                "Not signed: the keys of publisher '%s' are not on this machine (expected in %s). Copy them there, make some with '%s', or sign as another publisher with -Dopenclaw.publisher=NAME."
                        .formatted(publisher, folder, keygen));
    }

    static UnsignedException locked(String publisher) {
        return new UnsignedException(
                "Not signed: the keys of publisher '%s' are protected by a passphrase. Name the file that holds it with -Dopenclaw.passphraseFile=FILE."
                        .formatted(publisher));
    }

    static UnsignedException refused(String said) {
        return new UnsignedException("Not signed: " + said);
    }
}
