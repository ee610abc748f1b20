package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.message.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one handler: the only place where an agent's code is called for a message. Whatever it throws ends here. Hold no
 * lock.
 */
final class Handling {
    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);
    private static final int MAX_CAUSE = 500;

    private Handling() {}

    /** What came of a handler. */
    sealed interface Result {
        /**
         * It returned.
         *
         * @param state the new state as bytes; of a query, the old one
         * @param decoded the same as a record of the version
         * @param readOnly whether it was a query
         */
        record Returned(Body state, Object decoded, Effects effects, boolean readOnly) implements Result {}

        /**
         * It threw, or what it returned is no state.
         *
         * @param mayHelpAgain whether another attempt may end in another way
         */
        record Failed(String code, String cause, boolean mayHelpAgain) implements Result {}

        /** The version cannot read the committed state; nothing was run. */
        record Unreadable(String text) implements Result {}

        /** It went another way than what is recorded of an earlier turn for the same message. */
        record Diverged(String text) implements Result {}

        /** It waits for something. */
        record Suspended(Pending pending) implements Result {}
    }

    static Result run(TurnFrame frame, Call call, long owner, @Nullable Body committed) {
        var version = frame.version();
        var type = frame.message().type();
        var understood = version.understands(type);
        if (understood.isEmpty()) {
            return new Result.Failed(
                    "message.type.unknown",
                    version + " does not understand " + type + " (expected: a message of that version)",
                    false);
        }
        try {
            Object state;
            if (committed == null) {
                state = version.agent().initial(frame.self());
            } else {
                var known = version.states().find(owner, committed);
                var read = known.<Decoded>map(Decoded.Fit::new).orElseGet(() -> version.decodeState(committed));
                if (read instanceof Decoded.Unfit unfit) {
                    return new Result.Unreadable(version + " cannot read the state of " + frame.self() + ": "
                            + unfit.violations().getFirst() + ". Deploy a version that can: its messages wait.");
                }
                state = ((Decoded.Fit) read).value();
            }
            return switch (version.codec()
                    .decode(frame.message().body(), understood.get().type())) {
                case Decoded.Unfit unfit ->
                    new Result.Failed(
                            "body.invalid", unfit.violations().getFirst().toString(), false);
                case Decoded.Fit message -> handle(frame, message.value(), state, committed);
            };
        } catch (Throwable thrown) { // of every kind: one agent's fault stays its own
            return halted(frame, false).orElseGet(() -> failed(frame, call, thrown));
        }
    }

    private static Result handle(TurnFrame frame, Object message, Object state, @Nullable Body committed)
            throws Exception {
        try {
            return handled(frame, message, state, committed);
        } catch (Throwable left) {
            var suspended = suspended(frame, message, state);
            if (suspended.isPresent()) {
                return suspended.get();
            }
            throw left;
        }
    }

    /** What a handler waits for that was left, whatever it has made of that. */
    private static Optional<Result> suspended(TurnFrame frame, Object message, Object state) {
        return Optional.ofNullable(frame.log())
                .filter(log -> log.diverged(false).isEmpty() && log.broken().isEmpty())
                .flatMap(TurnLog::pending)
                .map(pending -> repeats(frame)
                        .flatMap(record -> difference(frame.repeated(record), record, message, state, pending))
                        .<Result>map(found -> otherwise(frame, found))
                        .orElseGet(() -> new Result.Suspended(pending)));
    }

    private static Result handled(TurnFrame frame, Object message, Object state, @Nullable Body committed)
            throws Exception {
        var version = frame.version();
        var turn = new TurnRecord(frame);
        Object next;
        Effects effects;
        try {
            next = version.agent().handle(message, state, turn);
        } finally {
            effects = turn.close();
        }
        var diverged = halted(frame, true)
                .or(() -> suspended(frame, message, state))
                .or(() -> otherwise(frame, message, state, next, effects));
        if (diverged.isPresent()) {
            return diverged.get();
        }
        if (frame.readOnly()) {
            return new Result.Returned(committed == null ? Body.json("null") : committed, state, effects, true);
        }
        if (next == null) {
            return new Result.Failed(
                    "state.missing",
                    version + " returned null from " + frame.message().type()
                            + " (expected: the state after the message)",
                    true);
        }
        return new Result.Returned(version.codec().encode(next), next, effects, false);
    }

    /** Whatever the handler has made of it: what its steps say ends the turn. */
    private static Optional<Result> halted(TurnFrame frame, boolean returned) {
        var steps = Optional.ofNullable(frame.log());
        return steps.flatMap(log -> log.diverged(returned))
                .<Result>map(Result.Diverged::new)
                .or(() -> steps.flatMap(TurnLog::broken).map(why -> new Result.Failed("step.unrecorded", why, false)));
    }

    /** Runs a handler that took steps again against their record, where its version wants that; how it did something else. */
    private static Optional<Result> otherwise(
            TurnFrame frame, Object message, Object state, Object next, Effects effects) {
        return repeats(frame)
                .flatMap(record -> difference(frame.repeated(record), record, message, state, next, effects))
                .map(found -> otherwise(frame, found));
    }

    private static Optional<TurnLog> repeats(TurnFrame frame) {
        return Optional.ofNullable(frame.log())
                .filter(_ -> frame.version().isRepeated())
                .flatMap(TurnLog::repetition);
    }

    private static Result otherwise(TurnFrame frame, String found) {
        return new Result.Failed(
                "turn.diverged",
                "The handler of " + frame.self() + " was run again against the record of its steps, and " + found
                        + ". Take time, ids and randomness from the Turn, and whatever else may change in a step.",
                false);
    }

    private static Optional<String> difference(
            TurnFrame frame, TurnLog record, Object message, Object state, Pending pending) {
        var turn = new TurnRecord(frame);
        try {
            frame.version().agent().handle(message, state, turn);
        } catch (Throwable left) {
            if (record.diverged(false).isEmpty() && record.pending().isEmpty()) {
                return Optional.of("threw " + left);
            }
        } finally {
            turn.close();
        }
        var diverged = record.diverged(false);
        return diverged.isPresent()
                ? diverged
                : record.pending()
                                .filter(again -> again.awaited().equals(pending.awaited()))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of("did not wait for the same");
    }

    private static Optional<String> difference(
            TurnFrame frame, TurnLog record, Object message, Object state, Object next, Effects effects) {
        var turn = new TurnRecord(frame);
        Object again;
        Effects others;
        try {
            again = frame.version().agent().handle(message, state, turn);
        } catch (Exception thrown) {
            return Optional.of(record.diverged(false).orElse("threw " + thrown));
        } finally {
            others = turn.close();
        }
        var diverged = record.diverged(true);
        if (diverged.isPresent()) {
            return diverged;
        }
        if (!others.equals(effects)) {
            return Optional.of("sent, replied or set something else");
        }
        var codec = frame.version().codec();
        return again != null && codec.encode(again).equals(codec.encode(next))
                ? Optional.empty()
                : Optional.of("returned another state");
    }

    /** As a sentence, for texts that go on behind it. */
    static String sentence(String cause) {
        return cause.endsWith(".") ? cause : cause + ".";
    }

    private static Result failed(TurnFrame frame, Call call, Throwable thrown) {
        if (!call.isOpen()) {
            // it was interrupted because it had to go, and has been reported; what it throws now is no failure
            return new Result.Failed("turn.abandoned", thrown.toString(), true);
        }
        LOG.warn(
                "The turn of {} for {} on {} failed; its state is as before.",
                frame.self(),
                frame.message().type(),
                frame.version(),
                thrown);
        var cause = thrown.toString();
        return new Result.Failed(
                "turn.failed", cause.length() > MAX_CAUSE ? cause.substring(0, MAX_CAUSE) : cause, true);
    }
}
