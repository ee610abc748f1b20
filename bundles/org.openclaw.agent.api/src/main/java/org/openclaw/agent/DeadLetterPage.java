package org.openclaw.agent;

import java.util.List;
import java.util.Optional;
import org.openclaw.message.ReceiptId;

/**
 * Some dead letters, in the order in which their messages were accepted.
 *
 * @param next asks for the page behind this one; empty when this is the last
 */
public record DeadLetterPage(List<DeadLetter> letters, Optional<ReceiptId> next) {
    public DeadLetterPage {
        letters = List.copyOf(letters);
    }
}
