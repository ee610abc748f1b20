package org.openclaw.test.kit;

import org.openclaw.message.Address;
import org.openclaw.message.Message;

/**
 * A message to an agent type that is not in the kit.
 *
 * @param to the receiver
 * @param message the message, with its type and its body as JSON
 */
public record SentMessage(Address to, Message message) {
    /** Its CloudEvents type. */
    public String type() {
        return message.type();
    }

    /**
     * Its body as a record.
     *
     * @throws AssertionError when the body does not fit
     */
    public <T> T as(Class<T> type) {
        return Bodies.as(message, "to " + to, type);
    }
}
