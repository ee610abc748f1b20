package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import java.util.function.Predicate;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/** Ends what suspended turns wait for: with an answer, or with why there is none. Belongs to the thread of the {@link Core}. */
final class Answers {
    /** How large an answer may be. */
    static final int MOST_BYTES = 1 << 20;

    /** The code of a question that ended without a turn, whatever it was. */
    static final String FAILED = "ask.failed";

    /** The code of one that was not worth its turn any more. */
    static final String EXPIRED = "message.expired";

    private final Surroundings world;
    private final Directory directory;
    private final Steps steps;
    private final Resumer resumer;

    Answers(Surroundings world, Directory directory, Steps steps, Resumer resumer) {
        this.world = world;
        this.directory = directory;
        this.steps = steps;
        this.resumer = resumer;
    }

    /** Lets a turn go on. */
    @FunctionalInterface
    interface Resumer {
        /** One of the things that the turn for a message waits for, or will, is over. */
        void ended(Cell cell, long message, int ordinal, Transaction into);
    }

    /** The turn for a question has ended: with a reply or without. */
    void reply(
            Address by, Tenant tenant, long question, Envelope.Asker asker, Optional<Message> reply, Transaction into) {
        var how = reply.map(message -> outcome(by, message.body()))
                .orElseGet(
                        () -> new StepRecord.Outcome.Failure(
                                "ask.unanswered",
                                by
                                        + " did not reply (expected: that its turn calls reply). Ask it for something that it replies to."));
        end(new AgentName(tenant, asker.by()), question, asker, how, into);
    }

    /** Ends the wait for a question, unless another one is open in its place by now. */
    private void end(AgentName of, long question, Envelope.Asker asker, StepRecord.Outcome how, Transaction into) {
        end(
                of,
                asker.agent(),
                asker.message(),
                asker.ordinal(),
                open -> open.question()
                        .filter(asked -> asked.message() == question)
                        .isPresent(),
                how,
                into);
    }

    private static StepRecord.Outcome outcome(Address by, Body body) {
        return body.size() <= MOST_BYTES
                ? new StepRecord.Outcome.Answer(body)
                : new StepRecord.Outcome.Failure(
                        "ask.unanswered",
                        "The reply of " + by + " has " + body.size() + " bytes (expected: at most " + MOST_BYTES
                                + "). Let it reply with a reference.");
    }

    /**
     * A message has come to its end without a turn; somebody may wait for its reply.
     *
     * @param code {@link #FAILED} or {@link #EXPIRED}
     */
    void fail(AgentName of, long number, Envelope envelope, String code, String why, Transaction into) {
        var asker = envelope.asker();
        if (asker != null && asker.waits()) {
            end(
                    new AgentName(of.tenant(), asker.by()),
                    number,
                    asker,
                    new StepRecord.Outcome.Failure(code, "The question to " + of.address() + " " + why),
                    into);
        }
    }

    /**
     * The time is over for one.
     *
     * @return the question that nobody waits for any more; empty when there is none
     */
    Optional<StepRecord.Asked> expire(TimerRecord timer, long number, TimerRecord.What.End what, Transaction into) {
        var step = steps.current(what.message(), what.ordinal());
        var open = step.flatMap(StepRecord::open).filter(found -> found.timer() == number);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        end(
                timer.of(),
                timer.agent(),
                what.message(),
                what.ordinal(),
                open.get()::equals,
                new StepRecord.Outcome.Failure(
                        "wait.expired",
                        "Nobody answered '" + step.get().name() + "' in time: "
                                + timer.of().address() + " waited until "
                                + world.clock().instant() + ". Ask again, or wait longer."),
                into);
        return open.get().question();
    }

    /**
     * Ends one, if it is open.
     *
     * @param meant whether it is the one that is meant: its place may have been taken by another
     * @return whether it was
     */
    boolean end(
            AgentName of,
            long agent,
            long message,
            int ordinal,
            Predicate<StepRecord.Outcome.Open> meant,
            StepRecord.Outcome how,
            Transaction into) {
        // one that has a message is in memory
        var cell = directory
                .resident(of)
                .filter(found -> found.number() == agent && found.inbox().find(message) >= 0);
        var step = cell.flatMap(_ -> steps.current(message, ordinal))
                .filter(found -> found.open().filter(meant).isPresent());
        if (step.isEmpty()) {
            return false;
        }
        steps.end(message, ordinal, step.get(), Micros.of(world.clock().instant()), how, into);
        resumer.ended(cell.get(), message, ordinal, into);
        return true;
    }
}
