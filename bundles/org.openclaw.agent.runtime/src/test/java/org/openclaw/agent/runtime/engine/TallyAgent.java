package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openclaw.agent.Agent;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;

/** Notes numbers, and waits where a test wants it to. */
public final class TallyAgent implements Agent<Tally, Tally.Noted> {
    private final ConcurrentHashMap<String, CountDownLatch> reached = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    final AtomicReference<Turn> hoarded = new AtomicReference<>();

    /** Waits until a handler has reached the gate. */
    void awaitReached(String gate) throws InterruptedException {
        if (!latch(reached, gate).await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody came to the gate " + gate);
        }
    }

    void open(String gate) {
        latch(gates, gate).countDown();
    }

    private void pass(String gate) throws InterruptedException {
        latch(reached, gate).countDown();
        latch(gates, gate).await();
    }

    private static CountDownLatch latch(ConcurrentHashMap<String, CountDownLatch> latches, String gate) {
        return latches.computeIfAbsent(gate, _ -> new CountDownLatch(1));
    }

    @Override
    public Tally.Noted initial(Address self) {
        return new Tally.Noted(List.of());
    }

    @Override
    public Tally.Noted handle(Tally message, Tally.Noted state, Turn turn) throws Exception {
        return switch (message) {
            case Tally.Note(int number) -> turn.answer(with(state, number));
            case Tally.Wait(String gate) -> {
                pass(gate);
                yield with(state, 0);
            }
            case Tally.Fail(String why) -> {
                turn.send(Address.of("tally", "nobody"), new Tally.Note(1));
                turn.remindAfter(Duration.ofSeconds(1), new Tally.Note(1));
                throw new IllegalStateException(why);
            }
            case Tally.Pass(String to, int first, int count) -> {
                for (int number = first; number < first + count; number++) {
                    turn.send(Address.parse(to), new Tally.Note(number));
                }
                yield state;
            }
            case Tally.Remind(String name, long seconds, int number) -> {
                turn.remindAfter(name, Duration.ofSeconds(seconds), new Tally.Note(number));
                yield state;
            }
            case Tally.Hoard _ -> {
                hoarded.set(turn);
                yield state;
            }
            case Tally.Mixed _ -> state;
            case Tally.Look _ -> turn.answer(state);
            case Tally.LookSlowly(String gate) -> {
                pass(gate);
                yield turn.answer(state);
            }
            case Tally.LookAndSend _ -> {
                turn.send(turn.self(), new Tally.Note(1));
                yield state;
            }
        };
    }

    private static Tally.Noted with(Tally.Noted state, int number) {
        var numbers = new ArrayList<>(state.numbers());
        numbers.add(number);
        return new Tally.Noted(List.copyOf(numbers));
    }
}
