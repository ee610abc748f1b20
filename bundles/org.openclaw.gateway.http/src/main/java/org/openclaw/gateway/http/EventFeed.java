package org.openclaw.gateway.http;

/** What one stream has to tell, and how far it has come. For one thread at a time. */
interface EventFeed {
    /**
     * What comes next.
     *
     * @param bytes empty when no event fits, so far
     * @param more whether there is more to look at
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Next(byte[] bytes, boolean more) {}

    /** Never waits. */
    Next next();

    /** Behind which event it goes on, as a client says it that comes again. */
    String at();

    /** Where it reads. */
    EventSource source();

    /** Whether all is told: then the stream ends when its client has taken that. */
    default boolean isOver() {
        return false;
    }

    /**
     * Its stream is open.
     *
     * @param more to be called, from any thread, when there is something that its source does not ring for
     */
    default void begin(Runnable more) {}

    /** Its stream has ended. */
    default void end() {}
}
