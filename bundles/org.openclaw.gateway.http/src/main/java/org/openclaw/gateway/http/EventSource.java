package org.openclaw.gateway.http;

/** Where feeds read; the same for all that read the same service. Thread-safe. */
interface EventSource {
    /** Whether it is the one to read from still: its service may have gone. */
    boolean isThere();

    /** Hears of whatever it has, for any feed. */
    Bell watch(Runnable more);

    /** Calls once each time it is armed. For one thread at a time. */
    interface Bell {
        /** Remembers what there is now: whoever reads all that there is has read that. */
        void look();

        /** Calls as soon as there is more than there was at the last look. */
        void arm();

        void close();
    }
}
