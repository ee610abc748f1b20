package org.openclaw.bench.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openclaw.agent.Agent;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.openclaw.telemetry.Latencies;

/** Counts, and passes on to an agent at random. */
public final class HopAgent implements Agent<Hop, Count> {
    static final String TYPE = "hop";
    private static final int STEPS = 3;
    private static final String STATE_PADDING = "s".repeat(170);

    private final int agents;
    private final Latencies.Recorder late;

    /** @param late takes how late timers have fired */
    HopAgent(int agents, Latencies.Recorder late) {
        this.agents = agents;
        this.late = late;
    }

    @Override
    public Count initial(Address self) {
        return new Count(0, STATE_PADDING);
    }

    @Override
    public Count handle(Hop message, Count state, Turn turn) throws Exception {
        switch (message) {
            case Hop.Pass(long token, long left, int sleepMillis, String padding) -> {
                if (sleepMillis > 0) {
                    TimeUnit.MILLISECONDS.sleep(sleepMillis);
                }
                if (left > 0) {
                    turn.send(
                            Address.of(TYPE, Integer.toString(turn.random().nextInt(agents))),
                            new Hop.Pass(token, left - 1, sleepMillis, padding));
                }
            }
            case Hop.Greet(long first, int count) -> {
                for (int next = 0; next < count; next++) {
                    turn.send(Node.address(first + next), new Hop.Pass(first + next, 0, 0, ""));
                }
            }
            case Hop.Act(long token, String _) -> {
                for (int step = 0; step < STEPS; step++) {
                    long result = token + step;
                    turn.step("act", () -> result);
                }
                turn.reply(state.count());
            }
            case Hop.Await _ -> turn.awaitSignal("go", Integer.class);
            case Hop.Remind(long first, long apart, int count) -> {
                for (int timer = 0; timer < count; timer++) {
                    long due = first + timer * apart;
                    turn.remindAt("timer " + timer, Instant.ofEpochMilli(due), new Hop.Late(due));
                }
            }
            case Hop.Late(long due) ->
                late.record(Duration.ofMillis(Clock.systemUTC().millis() - due));
            case Hop.Ask _ -> turn.reply(state.count());
        }
        return new Count(state.count() + 1, state.padding());
    }
}
