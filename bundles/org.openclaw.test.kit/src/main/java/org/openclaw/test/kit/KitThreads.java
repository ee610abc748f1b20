package org.openclaw.test.kit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.engine.Surroundings;

/** Runs turns on the calling thread, in the order in which they became ready. */
final class KitThreads implements Surroundings.Threads {
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final int bound;
    private final Runnable pass;

    /** @param pass lets time pass until the next alarm */
    KitThreads(int bound, Runnable pass) {
        this.bound = bound;
        this.pass = pass;
    }

    @Override
    public void run(String name, Runnable work) {
        ready.add(work);
    }

    /** Runs what is ready, and lets time pass where that is not enough. */
    @Override
    public <T extends @Nullable Object> T await(CompletableFuture<T> answer)
            throws InterruptedException, ExecutionException {
        for (int ran = 0; !answer.isDone(); ran++) {
            if (ran == bound) {
                throw new AssertionError("a step waits, and after " + bound
                        + " turns there are still messages (expected: that agents come to rest)");
            }
            var next = ready.poll();
            if (next == null) {
                pass.run();
            } else {
                next.run();
            }
        }
        return answer.get();
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
