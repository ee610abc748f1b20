package org.openclaw.gateway.http;

import java.time.Duration;

/** One thread that does one thing behind the other, now or later. Thread-safe; what comes when it is closed is not done. */
interface EventLoop {
    void run(Runnable task);

    void after(Duration wait, Runnable task);

    /** A clock that only goes forward, in nanoseconds. */
    long nanos();

    /** Does what was to be done at once, within a bounded time, and nothing more. */
    void close();
}
