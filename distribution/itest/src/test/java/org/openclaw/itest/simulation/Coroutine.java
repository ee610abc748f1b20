package org.openclaw.itest.simulation;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Work on a thread of its own that runs only while somebody resumes it: until it hands over, or ends. */
final class Coroutine {
    private final Semaphore resumed = new Semaphore(0);
    private final Semaphore handedOver = new Semaphore(0);
    private volatile boolean ended;

    Coroutine(Executor threads, Runnable work) {
        threads.execute(() -> {
            resumed.acquireUninterruptibly();
            try {
                work.run();
            } finally {
                ended = true;
                handedOver.release();
            }
        });
    }

    /** Lets it run; whether it has ended. */
    boolean resume() {
        resumed.release();
        handedOver.acquireUninterruptibly();
        return ended;
    }

    /** By its own thread: lets others run until it is resumed. */
    void handOver() {
        handedOver.release();
        resumed.acquireUninterruptibly();
    }
}
