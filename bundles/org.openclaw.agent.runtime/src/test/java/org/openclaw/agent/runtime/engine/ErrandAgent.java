package org.openclaw.agent.runtime.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.openclaw.agent.Agent;
import org.openclaw.agent.OnFailure;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;

/** Does in each turn what a test says, and notes what happens outside. */
@OnFailure(attempts = 3, firstWaitMillis = 1000)
public final class ErrandAgent implements Agent<Errand, Errand.Done> {
    /** What actions have done, in the order in which they did. */
    final List<String> outside = new CopyOnWriteArrayList<>();

    private final AtomicInteger turns = new AtomicInteger();
    private final Script script;

    ErrandAgent(Script script) {
        this.script = script;
    }

    /** What a turn does. */
    @FunctionalInterface
    interface Script {
        /** @param attempt 1 for the first turn of this agent, and one more for each further one */
        void run(int attempt, Turn turn, List<String> outside) throws Exception;
    }

    @Override
    public Errand.Done initial(Address self) {
        return new Errand.Done(0);
    }

    @Override
    public Errand.Done handle(Errand message, Errand.Done state, Turn turn) throws Exception {
        script.run(turns.incrementAndGet(), turn, outside);
        return new Errand.Done(state.turns() + 1);
    }
}
