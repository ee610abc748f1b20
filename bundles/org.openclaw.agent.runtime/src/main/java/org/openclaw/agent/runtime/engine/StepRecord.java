package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.StepView;
import org.openclaw.message.Address;
import org.openclaw.message.Body;

/**
 * A step that was taken, or something that its turn waits for: the value of an entry of the kind STEP.
 *
 * <pre>
 *   u8 3; text name; u64 digest of the input; u64 time of the turn, u64 ended at (microseconds since 1970); u64 nanoseconds;
 *   u32 attempts; then
 *   u8 0 null
 *   u8 1 a result: text class, body
 *   u8 2 a failure: text code (from version 2 on), text cause
 *   u8 3 open: u64 until (milliseconds since 1970), u64 number of the timer for that, text class of the answer, u8 whether
 *        somebody is asked: texts type, key; u64 agent, u64 message
 *   u8 4 an answer: body
 *   u8 5 to be taken anew
 *   u8 6 a result that lies beside (from version 3 on): text class; u64 number, u32 parts, u32 bytes, text SHA-256
 * </pre>
 *
 * @param name of a question, whom it asks
 * @param input the first 8 bytes of the SHA-256 of the input's JSON; 0 without one
 * @param turnAt what the first turn for the message took for the present, and so do all others
 * @param endedAt microseconds since 1970; of one that is open, when it began
 * @param nanos how long it took, with its waits
 * @param attempts how often it was tried
 */
record StepRecord(String name, long input, long turnAt, long endedAt, long nanos, int attempts, Outcome outcome) {
    private static final int VERSION = 3;

    /** The code of a step whose action threw. */
    static final String FAILED = "step.failed";

    /** How it ended. */
    sealed interface Outcome {
        /** It resulted in null. */
        record Nothing() implements Outcome {}

        record Result(String className, Body body) implements Outcome {}

        /** A result that is too large for the record. */
        record Beside(String className, Blob blob) implements Outcome {}

        record Failure(String code, String cause) implements Outcome {}

        /**
         * Nobody has answered yet.
         *
         * @param until when nobody may any more, in milliseconds since 1970
         * @param timer the number of the timer for that
         * @param className as what the answer is read
         * @param asked null for a signal
         */
        record Open(
                long until,
                long timer,
                String className,
                @Nullable Asked asked) implements Outcome {
            /** Who is asked; empty for a signal. */
            Optional<Asked> question() {
                return Optional.ofNullable(asked);
            }
        }

        /** Somebody has; a question or a signal only. */
        record Answer(Body body) implements Outcome {}

        /** It had failed, and the turn with it: as if it had not been taken. */
        record Anew() implements Outcome {}
    }

    /**
     * Who is asked.
     *
     * @param agent the number of that agent; {@link Directory#NONE} when it is not of this node
     * @param message the number of the question in its inbox
     */
    record Asked(Address to, long agent, long message) {}

    /** Something to wait for, before anybody may answer it. */
    static StepRecord wait(String name, long input, Instant turnAt, Instant now) {
        return new StepRecord(name, input, Micros.of(turnAt), Micros.of(now), 0, 0, new Outcome.Anew());
    }

    /** The same with another outcome. */
    StepRecord as(Outcome other) {
        return new StepRecord(name, input, turnAt, endedAt, nanos, attempts, other);
    }

    /** The same, answered or failed. */
    StepRecord ended(long now, Outcome how) {
        return new StepRecord(name, input, turnAt, now, Math.max(0, now - endedAt) * 1_000, attempts, how);
    }

    /** What somebody may answer; empty when nobody may. */
    Optional<Outcome.Open> open() {
        return outcome instanceof Outcome.Open open ? Optional.of(open) : Optional.empty();
    }

    boolean isOpen() {
        return open().isPresent();
    }

    /** Whether it counts as taken. */
    boolean isTaken() {
        return !(outcome instanceof Outcome.Anew);
    }

    byte[] bytes() {
        var held = body();
        var writer = Wire.writer(VERSION, 128 + (held == null ? 0 : held.size()))
                .text(name)
                .u64(input)
                .u64(turnAt)
                .u64(endedAt)
                .u64(nanos)
                .u32(attempts);
        switch (outcome) {
            case Outcome.Nothing() -> writer.u8(0);
            case Outcome.Result(var className, var body) ->
                writer.u8(1).text(className).body(body);
            case Outcome.Failure(var code, var cause) -> writer.u8(2).text(code).text(cause);
            case Outcome.Open open -> write(open, writer.u8(3));
            case Outcome.Answer(var body) -> writer.u8(4).body(body);
            case Outcome.Anew() -> writer.u8(5);
            case Outcome.Beside(var className, var blob) ->
                writer.u8(6)
                        .text(className)
                        .u64(blob.number())
                        .u32(blob.parts())
                        .u32(blob.size())
                        .text(blob.digest());
        }
        return writer.done();
    }

    private static void write(Outcome.Open open, Wire.Writer writer) {
        writer.u64(open.until).u64(open.timer).text(open.className).u8(open.asked == null ? 0 : 1);
        var asked = open.asked;
        if (asked != null) {
            writer.text(asked.to.type()).text(asked.to.key()).u64(asked.agent).u64(asked.message);
        }
    }

    static StepRecord read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "a step");
        return new StepRecord(
                reader.text(), reader.u64(), reader.u64(), reader.u64(), reader.u64(), reader.u32(), outcome(reader));
    }

    private static Outcome outcome(Wire.Reader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case 0 -> new Outcome.Nothing();
            case 1 -> new Outcome.Result(reader.text(), reader.body());
            case 2 -> new Outcome.Failure(reader.version() == 1 ? FAILED : reader.text(), reader.text());
            case 3 ->
                new Outcome.Open(reader.u64(), reader.u64(), reader.text(), reader.u8() == 0 ? null : asked(reader));
            case 4 -> new Outcome.Answer(reader.body());
            case 5 -> new Outcome.Anew();
            case 6 ->
                new Outcome.Beside(reader.text(), new Blob(reader.u64(), reader.u32(), reader.u32(), reader.text()));
            default -> throw new IllegalStateException("outcome of a step of kind " + kind + " (expected: 0 to 6)");
        };
    }

    private static Asked asked(Wire.Reader reader) {
        return new Asked(new Address(reader.text(), reader.text()), reader.u64(), reader.u64());
    }

    /**
     * As seen from outside, with its result as far as there is room for it.
     *
     * @param blobs reads a result that lies beside
     */
    StepView view(Budget bodies, Function<Blob, Optional<Body>> blobs) {
        var held = Optional.ofNullable(body());
        int size = held.map(Body::size).or(() -> blob().map(Blob::size)).orElse(0);
        boolean shown = size > 0 && bodies.take(1, size);
        return new StepView(
                name,
                Micros.instant(endedAt),
                Duration.ofNanos(nanos),
                attempts,
                outcome instanceof Outcome.Failure(var _, var cause) ? Optional.of(cause) : Optional.empty(),
                size,
                blob().isPresent(),
                shown ? held.or(() -> blob().flatMap(blobs)) : Optional.empty());
    }

    /** Where the result lies that is too large for the record; empty when there is none such. */
    Optional<Blob> blob() {
        return outcome instanceof Outcome.Beside(var _, var blob) ? Optional.of(blob) : Optional.empty();
    }

    /** The result, or the answer; null when there is none in the record. */
    @Nullable
    Body body() {
        return switch (outcome) {
            case Outcome.Result(var _, var body) -> body;
            case Outcome.Answer(var body) -> body;
            case Outcome.Nothing _, Outcome.Beside _, Outcome.Failure _, Outcome.Open _, Outcome.Anew _ -> null;
        };
    }
}
