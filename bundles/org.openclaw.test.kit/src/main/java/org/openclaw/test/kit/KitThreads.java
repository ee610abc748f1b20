package org.openclaw.test.kit;

import java.util.ArrayDeque;
import java.util.Queue;
import org.openclaw.agent.runtime.engine.Surroundings;

/** Runs turns on the calling thread, in the order in which they became ready. */
final class KitThreads implements Surroundings.Threads {
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final int bound;

    KitThreads(int bound) {
        this.bound = bound;
    }

    @Override
    public void run(String name, Runnable work) {
        ready.add(work);
    }

    /** @throws AssertionError when agents keep each other busy without end */
    void runAll(AgentKit kit) {
        for (int ran = 0; !ready.isEmpty(); ran++) {
            if (ran == bound) {
                ready.clear();
                throw new AssertionError(
                        "after " + bound + " turns there are still messages (expected: that agents come to"
                                + " rest). Look for agents that send messages in a circle. [" + kit + "]");
            }
            ready.remove().run();
        }
    }
}
