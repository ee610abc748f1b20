package org.openclaw.message;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes messages to agents.
 *
 * <p>Messages that were accepted for one agent are handled one at a time, in the order of their acceptance. Thread-safe;
 * no method blocks for longer than acceptance takes.
 */
@ProviderType
public interface MessageBus {
    /**
     * Accepts a message for an agent, which exists from its first message on.
     *
     * <p>A message whose record is a query is answered from the agent's last committed state beside any turn; it does
     * not bring an agent into existence. One that has expired already is refused; see {@link Delivery}.
     *
     * @return the receipt, once the acceptance is as durable as this node's store makes it
     */
    Receipt send(Tenant tenant, Address to, Message message);

    /**
     * Accepts messages for one agent, in their order, as far as none is refused: behind that one none is accepted. They need not
     * become durable together. Does not wait.
     *
     * @param messages one at least
     * @return the receipts, completed once all of them are durable, on a thread that others wait for: whoever does more with them than
     *     to pass them on does so on another. Where one is refused, that is the last. Fails where {@link #send} would throw
     */
    CompletionStage<List<Receipt>> offer(Tenant tenant, Address to, List<Message> messages);

    /** Where an accepted message is; empty when the receipt is unknown to the tenant, or forgotten. */
    Optional<TrackedMessage> find(Tenant tenant, ReceiptId receipt);

    /**
     * Where an accepted message ends.
     *
     * @return completes on a thread that may block, with a final status, or, when the node stops first, with where the message
     *     is then; empty when the receipt is unknown to the tenant, or forgotten. It is the caller's own: who cancels its
     *     {@linkplain CompletionStage#toCompletableFuture() future} waits no more, and nothing is kept of that
     */
    Optional<CompletionStage<MessageStatus>> outcome(Tenant tenant, ReceiptId receipt);

    /**
     * Takes back a message that still waits.
     *
     * @return where the message is now: {@link MessageStatus.Cancelled} if it worked; empty when the receipt is unknown
     */
    Optional<MessageStatus> cancel(Tenant tenant, ReceiptId receipt);
}
