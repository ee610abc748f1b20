package org.openclaw.gateway.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The requests that have not been answered whole yet, with a thread or without. Thread-safe. */
final class UnderWay {
    /** Guarded by this, as below. */
    private int count;

    private boolean closed;

    /** Lets one in; false when it is closed, then it must not {@link #leave}. */
    synchronized boolean enter() {
        if (!closed) {
            count++;
        }
        return !closed;
    }

    /** Its thread has done with it: it has been answered, unless the answer goes on without. */
    void leave(HttpServletRequest request) {
        if (!request.isAsyncStarted()) {
            leave();
            return;
        }
        try {
            request.getAsyncContext().addListener(new Leaving());
        } catch (IllegalStateException over) {
            leave();
        }
    }

    private synchronized void leave() {
        count--;
        notifyAll();
    }

    /** Lets nobody in any more. */
    synchronized void close() {
        closed = true;
    }

    /** Waits for those who are in; false when some still are when the time is over. */
    synchronized boolean await(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        try {
            for (long left = within.toNanos(); count > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return count == 0;
    }

    /** The server tells each once of its end, however it ends. */
    private final class Leaving implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            leave();
        }

        @Override
        public void onError(AsyncEvent event) {
            // it completes all the same
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // it completes all the same
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // nobody starts it again
        }
    }
}
