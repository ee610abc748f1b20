package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.StepView;
import org.openclaw.message.Body;

/**
 * A step that was taken: the value of an entry of the kind STEP.
 *
 * <pre>
 *   u8 1; text name; u64 digest of the input; u64 time of the turn, u64 ended at (microseconds since 1970); u64 nanoseconds;
 *   u32 attempts; then
 *   u8 0 null
 *   u8 1 a result: text class, body
 *   u8 2 a failure: text cause
 * </pre>
 *
 * @param input the first 8 bytes of the SHA-256 of the input's JSON; 0 without one
 * @param turnAt what the first turn for the message took for the present, and so do all others
 * @param endedAt microseconds since 1970
 * @param nanos how long it took, with its waits
 * @param attempts how often it was tried
 */
record StepRecord(String name, long input, long turnAt, long endedAt, long nanos, int attempts, Outcome outcome) {
    private static final int VERSION = 1;

    /** How it ended. */
    sealed interface Outcome {
        /** It resulted in null. */
        record Nothing() implements Outcome {}

        record Result(String className, Body body) implements Outcome {}

        record Failure(String cause) implements Outcome {}
    }

    byte[] bytes() {
        var writer = Wire.writer(VERSION, 128 + (outcome instanceof Outcome.Result(var _, var body) ? body.size() : 0))
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
            case Outcome.Failure(var cause) -> writer.u8(2).text(cause);
        }
        return writer.done();
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
            case 2 -> new Outcome.Failure(reader.text());
            default -> throw new IllegalStateException("outcome of a step of kind " + kind + " (expected: 0 to 2)");
        };
    }

    /** As seen from outside, with its result as far as there is room for it. */
    StepView view(Budget bodies) {
        return new StepView(
                name,
                Micros.instant(endedAt),
                Duration.ofNanos(nanos),
                attempts,
                outcome instanceof Outcome.Failure(var cause) ? Optional.of(cause) : Optional.empty(),
                Optional.ofNullable(body()).filter(body -> bodies.take(1, body.size())));
    }

    /** The result; null when there is none. */
    @Nullable
    Body body() {
        return outcome instanceof Outcome.Result(var _, var body) ? body : null;
    }
}
