package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openclaw.agent.Ask;
import org.openclaw.agent.Signal;
import org.openclaw.agent.StepException;
import org.openclaw.agent.runtime.type.Decoded;

/**
 * What one turn waits for. Each question and each signal is recorded like a step; where one has no answer yet, the handler is left,
 * and run again when it has; see {@link TurnLog}. Belongs to the thread of the turn.
 */
final class WaitLog {
    private static final String UNFIT = "answer.unfit";

    private final TurnLog log;

    WaitLog(TurnLog log) {
        this.log = log;
    }

    /**
     * Asks, and waits for all replies.
     *
     * @param encode what a question is as a message
     */
    <T> List<T> ask(List<Ask<T>> asks, Function<Ask<T>, Effects.Send> encode) throws InterruptedException {
        int first = log.take(asks.size());
        var known = new ArrayList<StepRecord>();
        var questions = new ArrayList<Pending.Question>();
        var awaited = new ArrayList<Integer>();
        for (int place = 0; place < asks.size(); place++) {
            int ordinal = first + place;
            var asked = asks.get(place);
            var send = encode.apply(asked);
            long input = Identity.digest(send.message().type(), send.message().body());
            var name = asked.to().toString();
            var step = log.known(ordinal, name, input, true).orElseGet(() -> {
                var now = log.world().clock().instant();
                var fresh = StepRecord.wait(name, input, log.turnAt(), now);
                questions.add(new Pending.Question(ordinal, fresh, asked.reply().getName(), asked.within(), send));
                return fresh;
            });
            known.add(step);
            if (step.isOpen() || !step.isTaken()) {
                awaited.add(ordinal);
            }
        }
        if (!awaited.isEmpty()) {
            throw log.suspend(new Pending(questions, awaited));
        }
        return answers(first, known, asks);
    }

    private <T> List<T> answers(int first, List<StepRecord> known, List<Ask<T>> asks) {
        var answers = new ArrayList<T>();
        var failures = new ArrayList<Integer>();
        StepException failure = null;
        for (int place = 0; place < known.size(); place++) {
            try {
                answers.add(answer(known.get(place), asks.get(place).reply()));
            } catch (StepException unanswered) {
                failures.add(first + place);
                failure = failure == null ? unanswered : failure;
            }
        }
        if (failure != null) {
            log.unanswered(failures);
            throw failure;
        }
        return answers;
    }

    private <T> T answer(StepRecord step, Class<T> type) {
        log.passed(step.endedAt());
        return switch (step.outcome()) {
            case StepRecord.Outcome.Answer(var body) ->
                switch (log.version().codec().decode(body, type)) {
                    case Decoded.Fit(var value) -> type.cast(value);
                    case Decoded.Unfit unfit ->
                        throw new StepException(
                                UNFIT,
                                "The answer of '" + step.name() + "' is no " + type.getName() + ": "
                                        + unfit.violations().getFirst() + ". Ask for what it is answered with.");
                };
            case StepRecord.Outcome.Failure(var code, var cause) -> throw new StepException(code, cause);
            case StepRecord.Outcome.Nothing _,
                    StepRecord.Outcome.Result _,
                    StepRecord.Outcome.Beside _,
                    StepRecord.Outcome.Open _,
                    StepRecord.Outcome.Anew _ ->
                throw new IllegalStateException("'" + step.name() + "' has no answer: " + step.outcome());
        };
    }

    /** Opens a signal, or finds it open. */
    <T> Signal<T> signal(String name, Class<T> answer, Duration within) throws InterruptedException {
        int ordinal = log.take(1);
        if (log.known(ordinal, name, 0, true).isEmpty()) {
            var now = log.world().clock().instant();
            log.open(ordinal, StepRecord.wait(name, 0, log.turnAt(), now), now.plus(within), answer.getName());
        }
        return new Signal<>(log.signal(ordinal).text(), name, answer);
    }

    /** Waits for the answer to a signal. */
    <T> T await(Signal<T> signal) throws InterruptedException {
        log.take(0);
        int ordinal = SignalId.of(signal.id()).map(SignalId::ordinal).orElse(-1);
        var step = Optional.of(ordinal)
                .filter(found -> found >= 0 && log.signal(found).text().equals(signal.id()))
                .flatMap(log::reread)
                .orElseThrow(() -> new IllegalArgumentException("signal '" + signal.name() + "' with the id '"
                        + signal.id() + "' is not of this turn (expected: one that this turn has opened). Open one"
                        + " with signal(...) here."));
        if (step.isOpen()) {
            throw log.suspend(new Pending(List.of(), List.of(ordinal)));
        }
        try {
            return answer(step, signal.answer());
        } catch (StepException unanswered) {
            log.unanswered(List.of(ordinal));
            throw unanswered;
        }
    }
}
