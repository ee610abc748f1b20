package org.openclaw.deploy.trust;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;

/**
 * The one way from bytes to a verdict: {@code claw verify}, the gate and the installer all take it.
 *
 * <p>Two steps: {@link #inspect} verifies structure, entries and signatures, depends on nothing but the bytes and is done
 * once for each digest; {@link #judge} asks the policy as it is now and is cheap. Stateless and thread-safe; the buffers
 * must not change during a call (give it a copy in memory, or a file that nobody else can write).
 */
public final class Verifier {
    private final Supplier<TrustStore> store;
    private final InstantSource clock;

    /**
     * @param store asked once for each verdict
     * @param clock says the time at which certificates are judged
     */
    public Verifier(Supplier<TrustStore> store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The outcome of {@link #inspect}. */
    public sealed interface Inspection {
        /** Structure, entries and signatures are sound. */
        record Sound(VerifiedJar jar) implements Inspection {}

        /** They are not. */
        record Unsound(Verdict.Refused refusal) implements Inspection {}
    }

    /**
     * One check, for {@code claw verify --explain}.
     *
     * @param name what was checked
     * @param passed whether it passed; the first that does not is the last
     * @param detail what was found; may be empty
     */
    public record Check(String name, boolean passed, String detail) {}

    /**
     * A verdict with the checks that led to it, in order.
     *
     * @param verdict the verdict
     * @param checks every check that was made
     */
    public record Explanation(Verdict verdict, List<Check> checks) {
        public Explanation {
            checks = List.copyOf(checks);
        }
    }

    /**
     * Verifies the remaining bytes of a jar and judges them, as something new and never seen.
     *
     * @param subject what it is, for messages: a file name, or a location
     */
    public Verdict verify(String subject, ByteBuffer bytes) {
        return explain(subject, bytes).verdict();
    }

    /** The same, with the checks that were made. */
    public Explanation explain(String subject, ByteBuffer bytes) {
        var trace = new Trace();
        var verdict = switch (inspect(subject, bytes, trace)) {
            case Inspection.Unsound unsound -> revoked(unsound.refusal());
            case Inspection.Sound sound ->
                Policy.judge(subject, sound.jar(), store.get(), clock.instant(), Policy.Known.nothing(), false, trace);
        };
        return new Explanation(verdict, trace.checks());
    }

    /** A revocation is the better answer, whatever else is wrong. */
    private Verdict.Refused revoked(Verdict.Refused refusal) {
        return refusal.digest()
                .filter(digest -> store.get().revoked().files().contains(digest))
                .map(digest -> RevocationCheck.file(digest).of(refusal.subject(), refusal.digest()))
                .orElse(refusal);
    }

    /** Verifies structure, entries and signatures of the remaining bytes, without asking who signed them. */
    public Inspection inspect(String subject, ByteBuffer bytes) {
        return inspect(subject, bytes, new Trace());
    }

    /**
     * Judges a jar by the policy as it is now.
     *
     * @param known what else is installed
     * @param running whether these very bytes run already: then only a revocation refuses, everything else is flagged
     */
    public Verdict judge(String subject, VerifiedJar jar, Policy.Known known, boolean running) {
        return Policy.judge(subject, jar, store.get(), clock.instant(), known, running);
    }

    /**
     * Judges a jar that was admitted before the container was started again: what time alone has brought about (an expired
     * signer, an outdated or missing revocation list) is flagged, everything else refuses.
     */
    public Verdict judgeAgain(String subject, VerifiedJar jar, Policy.Known known) {
        return Policy.judgeAgain(subject, jar, store.get(), clock.instant(), known);
    }

    private Inspection inspect(String subject, ByteBuffer bytes, Trace trace) {
        trace.step("digest of the file");
        var digest = Digest.of(bytes);
        trace.note("sha256 " + digest);
        try {
            return new Inspection.Sound(JarVerifier.verify(bytes, digest, trace));
        } catch (Rejected rejected) {
            trace.failed(rejected);
            return new Inspection.Unsound(rejected.of(subject, Optional.of(digest)));
        }
    }
}
