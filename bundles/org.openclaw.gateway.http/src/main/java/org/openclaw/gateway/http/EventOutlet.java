package org.openclaw.gateway.http;

import java.io.IOException;

/** Where the stream of one client goes. Never waits for it. For one thread at a time. */
interface EventOutlet {
    /** Hears of it. Thread-safe. */
    interface Listener {
        /** It may take something again that did not before, or for the first time. */
        void writable();

        /** The client has gone, or the connection is broken. */
        void gone();
    }

    /** Whether it takes something now; if not, its listener hears when it does. */
    boolean isReady();

    /** Takes bytes. It must be ready. */
    void write(byte[] bytes) throws IOException;

    /** Ends the stream, whether the client has taken all or not. */
    void close();
}
