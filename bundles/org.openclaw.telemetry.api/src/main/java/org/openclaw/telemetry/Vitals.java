package org.openclaw.telemetry;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What the agent runtime counts. Thread-safe. */
@ProviderType
public interface Vitals {
    /**
     * The counters as they are now. Takes microseconds. Each number is right by itself; they are not read in one instant, so
     * that two of them may differ by what has happened meanwhile.
     */
    Reading read();

    /** Why no message is taken at present, whatever it is: the store has failed, or its disk is full. Empty when all is well. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /**
     * All counters at one moment. They count from the start of the runtime, over all tenants, and only grow, except
     * {@code waiting} and {@code running}.
     *
     * @param accepted messages taken into an inbox: from doors, from agents and from timers
     * @param refused messages refused at the door, for whatever reason
     * @param full those of the refused messages for which a queue was full
     * @param turns turns committed
     * @param failed turns that failed
     * @param queries queries answered, also by an error
     * @param expired messages that were not worth their turn any more
     * @param waiting messages that wait now
     * @param running turns under way now
     * @param latencies of all turns that ended, from acceptance to the end of the turn
     */
    record Reading(
            long accepted,
            long refused,
            long full,
            long turns,
            long failed,
            long queries,
            long expired,
            long waiting,
            long running,
            Latencies latencies) {
        /** Nothing has happened yet. */
        public static final Reading ZERO = new Reading(0, 0, 0, 0, 0, 0, 0, 0, 0, Latencies.NONE);
    }
}
