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
         * @param cause what happened, for people; cut when it is long
         * @param mayHelpAgain whether another attempt may end in another way
         */
        record Failed(String code, String cause, boolean mayHelpAgain) implements Result {
            private static final int LONGEST_CAUSE = 500;

            public Failed {
                if (cause.length() > LONGEST_CAUSE) {
                    boolean splits = Character.isHighSurrogate(cause.charAt(LONGEST_CAUSE - 1));
                    cause = cause.substring(0, splits ? LONGEST_CAUSE - 1 : LONGEST_CAUSE);
                }
            }
        }

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
            // by the schema, too: the door may have asked another version, and who publishes asks none
            return switch (version.decode(frame.message().body(), understood.get())) {
                case Decoded.Unfit unfit ->
                    new Result.Failed(
                            "body.invalid", unfit.violations().getFirst().toString(), false);
                case Decoded.Fit message -> handle(frame, call, message.value(), state, committed);
            };
        } catch (Throwable thrown) { // of every kind: one agent's fault stays its own
            return failed(frame, call, thrown);
        }
    }

    private static Result handle(TurnFrame frame, Call call, Object message, Object state, @Nullable Body committed) {
        var run = Run.of(frame, message, state);
        var halted = halted(frame, run).or(() -> otherwise(frame, run, message, state));
        if (halted.isPresent()) {
            return halted.get();
        }
        var version = frame.version();
        var pending = Optional.ofNullable(frame.log()).flatMap(TurnLog::pending);
        if (pending.isPresent()) { // whatever the handler has made of being left
            return new Result.Suspended(pending.get());
        }
        if (run.thrown != null) {
            return failed(frame, call, run.thrown);
        }
        if (frame.readOnly()) {
            return new Result.Returned(committed == null ? Body.json("null") : committed, state, run.effects, true);
        }
        if (run.next == null) {
            return new Result.Failed(
                    "state.missing",
                    version + " returned null from " + frame.message().type()
                            + " (expected: the state after the message)",
                    true);
        }
        return new Result.Returned(version.codec().encode(run.next), run.next, run.effects, false);
    }

    /**
     * What a handler has done.
     *
     * @param next what it returned; null also when it threw
     * @param thrown what it threw, or what it was left with where it waits; null when it returned
     */
    private record Run(
            @Nullable Object next,
            Effects effects,
            @Nullable Throwable thrown) {
        static Run of(TurnFrame frame, Object message, Object state) {
            var turn = new TurnRecord(frame);
            try {
                var next = frame.version().agent().handle(message, state, turn);
                return new Run(next, turn.close(), null);
            } catch (Throwable thrown) { // of every kind: one agent's fault stays its own
                return new Run(null, turn.close(), thrown);
            }
        }
    }

    /** Whatever the handler has made of it: what its steps say ends the turn. */
    private static Optional<Result> halted(TurnFrame frame, Run run) {
        return Optional.ofNullable(frame.log())
                .flatMap(log -> log.diverged(run.thrown == null && log.pending().isEmpty())
                        .<Result>map(Result.Diverged::new)
                        .or(() -> log.broken().map(why -> new Result.Failed("step.unrecorded", why, false))));
    }

    /**
     * Runs a handler that took steps again against their record, where its version wants that and it returned or waits; how it did
     * something else.
     */
    private static Optional<Result> otherwise(TurnFrame frame, Run run, Object message, Object state) {
        return Optional.ofNullable(frame.log())
                .filter(_ -> frame.version().isRepeated())
                .filter(log -> run.thrown == null || log.pending().isPresent())
                .flatMap(log -> log.repetition().flatMap(record -> {
                    var again = Run.of(frame.repeated(record), message, state);
                    return log.pending()
                            .map(pending -> difference(record, again, pending))
                            .orElseGet(() -> difference(frame, record, again, run));
                }))
                .map(found -> new Result.Failed(
                        "turn.diverged",
                        "The handler of " + frame.self() + " was run again against the record of its steps, and "
                                + found
                                + ". Take time, ids and randomness from the Turn, and whatever else may change in a step.",
                        false));
    }

    /** Of a handler that was left to wait. */
    private static Optional<String> difference(TurnLog record, Run again, Pending pending) {
        var awaited = record.pending().map(Pending::awaited);
        return record.diverged(false)
                .or(() -> again.thrown != null && awaited.isEmpty()
                        ? Optional.of("threw " + again.thrown)
                        : Optional.empty())
                .or(() -> awaited.filter(pending.awaited()::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of("did not wait for the same"));
    }

    private static Optional<String> difference(TurnFrame frame, TurnLog record, Run again, Run first) {
        var diverged = record.diverged(again.thrown == null);
        if (diverged.isPresent()) {
            return diverged;
        }
        if (again.thrown != null) {
            return Optional.of("threw " + again.thrown);
        }
        if (!again.effects.equals(first.effects)) {
            return Optional.of("sent, replied or set something else");
        }
        var codec = frame.version().codec();
        return again.next != null
                        && first.next != null
                        && codec.encode(again.next).equals(codec.encode(first.next))
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
        return new Result.Failed("turn.failed", thrown.toString(), true);
    }
}
