package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.openclaw.agent.Agent;
import org.openclaw.agent.OnFailure;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;

/** Fails so many times as a test says, then notes numbers. */
@OnFailure(attempts = 3, firstWaitMillis = 1_000, longestWaitMillis = 10_000)
public class FlakyAgent implements Agent<Tally, Tally.Noted> {
    final AtomicInteger faults = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();

    /** The same, but a message that fails for the last time stays. */
    @OnFailure(attempts = 2, firstWaitMillis = 1_000, longestWaitMillis = 10_000, then = OnFailure.Then.BLOCK)
    public static final class Blocking extends FlakyAgent {}

    /** The same, and tries for long. */
    @OnFailure(attempts = 40, firstWaitMillis = 1_000, longestWaitMillis = 1_000)
    public static final class Stubborn extends FlakyAgent {}

    @Override
    public Tally.Noted initial(Address self) {
        return new Tally.Noted(List.of());
    }

    @Override
    public Tally.Noted handle(Tally message, Tally.Noted state, Turn turn) {
        calls.incrementAndGet();
        if (message instanceof Tally.Note(int number)) {
            if (number < 0 || faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("fault " + number);
            }
            var numbers = new ArrayList<>(state.numbers());
            numbers.add(number);
            return turn.answer(new Tally.Noted(List.copyOf(numbers)));
        }
        if (message instanceof Tally.Remind(var name, long seconds, int number)) {
            turn.remindAfter(name, Duration.ofSeconds(seconds), new Tally.Note(number));
            return state;
        }
        return turn.answer(state);
    }
}
