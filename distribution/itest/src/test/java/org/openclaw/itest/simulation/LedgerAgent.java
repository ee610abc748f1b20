package org.openclaw.itest.simulation;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.openclaw.agent.Agent;
import org.openclaw.agent.OnFailure;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;

/** Notes what comes in which order, passes some of it on, sets timers, and fails when the simulation wants it to. */
@OnFailure(attempts = 1000, firstWaitMillis = 100, longestWaitMillis = 1000)
public final class LedgerAgent implements Agent<Ledger, LedgerState> {
    static final String TYPE = "ledger";
    private static final double PASSES = 0.4;
    private static final double SETS_A_TIMER = 0.15;

    private final int agents;
    private final BooleanSupplier fails;

    LedgerAgent(int agents, BooleanSupplier fails) {
        this.agents = agents;
        this.fails = fails;
    }

    @Override
    public LedgerState initial(Address self) {
        return LedgerState.EMPTY;
    }

    @Override
    public LedgerState handle(Ledger message, LedgerState state, Turn turn) {
        var next = switch (message) {
            case Ledger.Add(var client, long number) -> after(state.received(client, number), turn);
            case Ledger.Passed(var from, long number) -> after(state.received(from, number), turn);
            case Ledger.Tick() -> state.ticked();
        };
        if (fails.getAsBoolean()) {
            throw new IllegalStateException("simulated fault");
        }
        return next;
    }

    private LedgerState after(LedgerState state, Turn turn) {
        var next = state;
        double chance = turn.random().nextDouble();
        if (chance < PASSES) {
            var to = "agent" + turn.random().nextInt(agents);
            if (!to.equals(turn.self().key())) {
                next = next.passed(to);
                turn.send(
                        Address.of(TYPE, to),
                        new Ledger.Passed(turn.self().key(), next.sent().getOrDefault(to, 0L)));
            }
        } else if (chance < PASSES + SETS_A_TIMER) {
            next = next.timed();
            turn.remindAfter(
                    "timer" + next.timers(), Duration.ofMillis(turn.random().nextInt(5_000)), new Ledger.Tick());
        }
        turn.reply("done");
        return next;
    }
}
