package org.openclaw.agent;

import java.util.Optional;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The messages that were set aside, until an operator redrives or discards them. Thread-safe; every answer is a copy of one
 * moment. What changes something is as durable as this node's store makes it when the method returns.
 */
@ProviderType
public interface DeadLetters {
    /**
     * A page of dead letters, oldest first, without their bodies. Looks at a bounded number of them, so a page may be shorter
     * than the limit, or empty, and still have a next one.
     *
     * @param type only those for agents of this type
     * @param after only those behind this one, which need not be there any more
     * @param limit at most so many, 1 to 1000
     * @throws IllegalArgumentException when the limit is out of its bounds, or {@code after} is no receipt of a message
     */
    DeadLetterPage list(Tenant tenant, Optional<String> type, Optional<ReceiptId> after, int limit);

    /** One dead letter with its body; empty when there is none. */
    Optional<DeadLetter> letter(Tenant tenant, ReceiptId receipt);

    /**
     * Puts a dead letter into the inbox of its agent again, behind all that waits there, with its attempts forgotten. Its
     * receipt goes on to say where it is for as long as outcomes are kept, also when it becomes a dead letter again, which then
     * has a receipt of its own, too.
     *
     * @return false when there is none, or its agent is retired
     */
    boolean redrive(Tenant tenant, ReceiptId receipt);

    /**
     * Forgets a dead letter for good.
     *
     * @return false when there is none
     */
    boolean discard(Tenant tenant, ReceiptId receipt);

    /** How many there are, over all tenants. */
    long count();
}
