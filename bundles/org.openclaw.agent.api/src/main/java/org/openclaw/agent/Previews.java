package org.openclaw.agent;

import java.util.Optional;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What turns show with {@link Turn#preview} before they end, for those who wait for their replies. Nothing of it is committed, and
 * nothing survives the node: only the end of the message counts, which {@link org.openclaw.message.MessageBus#outcome} tells. Of
 * each message the node keeps what its present or latest attempt has shown, up to a bound, until the next one shows something, the
 * message is done, or others need the room. Thread-safe.
 */
@ProviderType
public interface Previews {
    /**
     * What comes behind a cursor. A reader sees the text of each attempt from its beginning and in order, nothing twice, and hears
     * where some is missing. Its attempts have increasing numbers, across restarts too. Never waits.
     *
     * @param receipt of the message; an unknown one shows nothing
     * @param after as another read has said it, of this life of the node or an earlier one
     * @param limit at most so many UTF-16 code units, 2 to 65536
     * @return empty when there is nothing more at present
     * @throws IllegalArgumentException when the limit is out of its bounds
     */
    Optional<Preview> read(Tenant tenant, ReceiptId receipt, PreviewId after, int limit);

    /** How often something was shown, by any turn. */
    long changes();

    /**
     * Calls somebody when more is shown; see {@link Watch}.
     *
     * @param more called on a thread of its own, which may block; one that throws is logged
     */
    Watch watch(Runnable more);

    /** Tells when there is more to read: once each time it is armed. Thread-safe. */
    @ProviderType
    interface Watch extends AutoCloseable {
        /**
         * Calls once, as soon as something is shown by any turn, at once when that is so already. Nothing happens when it is armed
         * already, or closed.
         *
         * @param seen what {@link Previews#changes} said before all was read
         */
        void arm(long seen);

        /** Calls no more; a call under way is not waited for. */
        @Override
        void close();
    }
}
