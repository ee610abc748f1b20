package org.openclaw.deploy.folder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks: the wall's for what people read, and ticks that never jump for how long something takes.
 *
 * @param wall the time of day
 * @param nanos a monotonic counter in nanoseconds
 */
record Time(InstantSource wall, LongSupplier nanos) {
    static Time system() {
        return new Time(InstantSource.system(), System::nanoTime);
    }

    Instant now() {
        return wall.instant();
    }

    long ticks() {
        return nanos.getAsLong();
    }

    Duration since(long ticks) {
        return Duration.ofNanos(Math.max(0, ticks() - ticks));
    }
}
