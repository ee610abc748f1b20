package org.openclaw.agent;

import org.openclaw.message.Tenant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What agents do, as it happens. The node remembers a bounded number of events, for all tenants and agents together, and all are
 * forgotten when it stops. Who wants them reads them behind a cursor, at its own pace: nobody who is slow holds anybody up, and who
 * is too slow hears so. Only what is committed is told, in the order of the commits. Thread-safe.
 *
 * <pre>{@code
 * var at = events.newest();
 * try (var watch = events.watch(() -> readAgain())) {
 *     // readAgain: events.read(tenant, filter, at, 100), go on at its next while there is more; then
 *     watch.arm(at);
 * }
 * }</pre>
 */
@ProviderType
public interface AgentEvents {
    /** The cursor behind everything that has happened. */
    EventId newest();

    /** The cursor before everything that is remembered; it may be forgotten when it is used. */
    EventId oldest();

    /**
     * The cursor before the latest events that pass, as far as they are remembered.
     *
     * @param latest how many of them, 0 to 1000
     * @throws IllegalArgumentException when the number is out of its bounds
     */
    EventId before(Tenant tenant, EventFilter filter, int latest);

    /**
     * Events behind a cursor. Looks at a bounded number of events, so a page may be shorter than the limit, or empty, and still have
     * more behind it. Never waits.
     *
     * @param after from this life, or it is forgotten
     * @param limit at most so many, 1 to 1000
     * @throws IllegalArgumentException when the limit is out of its bounds
     */
    EventPage read(Tenant tenant, EventFilter filter, EventId after, int limit);

    /**
     * Calls somebody when there is more to read; see {@link Watch}.
     *
     * @param more called on a thread of its own, which may block; one that throws is logged
     */
    Watch watch(Runnable more);

    /** Tells when there is more to read: once each time it is armed. Thread-safe. */
    @ProviderType
    interface Watch extends AutoCloseable {
        /**
         * Calls once, as soon as there is an event behind the cursor, whether it passes any filter or not; at once when there is one
         * already, or the cursor is forgotten. Nothing happens when it is armed already, or closed. So however much happens,
         * somebody who is about to read is not called again.
         */
        void arm(EventId after);

        /** Calls no more; a call under way is not waited for. */
        @Override
        void close();
    }
}
