package org.openclaw.deploy;

import java.util.List;
import java.util.Optional;

/**
 * What the gate thinks of one jar, at one moment. The policy part (chain, validity, revocation, publisher) may change
 * with time and with the trust store; the digest never does.
 */
public sealed interface Verdict {
    /** What was looked at, as the user knows it: a file name, or a bundle location. */
    String subject();

    /** One paragraph for people: what happened, to whom, what was expected, what to do. */
    String text();

    /**
     * May run.
     *
     * @param subject what was looked at
     * @param artifact its identity
     * @param publisher the name of the publisher whose policy admitted it
     * @param signatures every verified signature, the classical one first
     * @param agents the agent types that its manifest declares
     * @param flags what an operator should know although it runs, such as {@code signer.expired}; empty when all is well
     */
    record Trusted(
            String subject,
            Artifact artifact,
            String publisher,
            List<Signature> signatures,
            List<String> agents,
            List<Flag> flags)
            implements Verdict {
        public Trusted {
            signatures = List.copyOf(signatures);
            agents = List.copyOf(agents);
            flags = List.copyOf(flags);
        }

        @Override
        public String text() {
            var first = signatures.getFirst();
            var algorithms = String.join(
                    " + ", signatures.stream().map(Signature::algorithm).toList());
            var text = new StringBuilder("Trusted %s: %s, signed by '%s' (%s), publisher '%s'."
                    .formatted(subject, artifact, first.signer(), algorithms, publisher));
            flags.forEach(flag -> text.append(' ').append(flag.text()));
            return text.toString();
        }
    }

    /**
     * Does not run.
     *
     * @param subject what was looked at
     * @param digest its digest, empty when it could not be read to its end
     * @param code the stable reason code, such as {@code signature.missing}
     * @param reason what was found, without the subject and without a full stop
     * @param expected what was expected, without a full stop; may be empty
     * @param cure what to do about it, as a sentence
     */
    record Refused(String subject, Optional<Digest> digest, String code, String reason, String expected, String cure)
            implements Verdict {
        @Override
        public String text() {
            return "Refused %s: %s%s. %s [%s]"
                    .formatted(subject, reason, expected.isEmpty() ? "" : " (expected: " + expected + ")", cure, code);
        }

        /** The same refusal, said of another subject. */
        public Refused of(String newSubject) {
            return new Refused(newSubject, digest, code, reason, expected, cure);
        }
    }

    /**
     * Something an operator should look at although the artifact runs.
     *
     * @param code a stable code
     * @param text a sentence
     */
    record Flag(String code, String text) {}
}
