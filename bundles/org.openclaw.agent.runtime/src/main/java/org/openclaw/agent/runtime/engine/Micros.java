package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as microseconds since 1970: how they are kept. */
final class Micros {
    /** No moment. */
    static final long NEVER = Long.MIN_VALUE;

    private Micros() {}

    static long of(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
