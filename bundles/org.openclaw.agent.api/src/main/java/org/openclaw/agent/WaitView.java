package org.openclaw.agent;

import java.time.Instant;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;

/**
 * Something that a suspended turn waits for.
 *
 * @param agent whose turn it is
 * @param message the message that it is for
 * @param messageType the CloudEvents type of that message
 * @param name of a signal, as the turn has named it; of a question, whom it asks
 * @param asked who is asked; empty for a signal
 * @param signal by which it is answered; empty unless it is a signal
 * @param answer the class as which the turn reads the answer
 * @param since when it began to wait
 * @param until when it stops waiting
 */
public record WaitView(
        Address agent,
        ReceiptId message,
        String messageType,
        String name,
        Optional<Address> asked,
        Optional<String> signal,
        String answer,
        Instant since,
        Instant until) {}
