package org.openclaw.itest.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.StoreException;

/** A question on a thread of its own that waits for the core: it has an answer as soon as the core has been let to give it. */
final class Asker {
    private static final Set<Thread.State> WAITS = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private volatile @Nullable Thread thread;
    private volatile boolean done;
    private volatile @Nullable Throwable failed;

    Asker(Executor threads, Runnable question) {
        threads.execute(() -> {
            thread = Thread.currentThread();
            try {
                question.run();
            } catch (RuntimeException | Error why) {
                failed = why;
            } finally {
                done = true;
            }
        });
    }

    /**
     * Lets it run until it has its answer, or waits for somebody; whether it has its answer. That the store takes nothing is one
     * too.
     */
    @SuppressWarnings(
            "ThreadPriorityCheck") // there is one carrier, so the others run exactly when this thread lets them
    boolean settle() {
        while (!done) {
            var asks = thread;
            if (asks != null && WAITS.contains(asks.getState())) {
                return done;
            }
            Thread.yield();
        }
        var why = failed;
        if (why != null && !(why.getCause() instanceof StoreException)) {
            throw new AssertionError(why);
        }
        return true;
    }
}
