package org.openclaw.test.kit;

import org.openclaw.message.Message;

/**
 * A message that was published to a topic of the kit.
 *
 * @param sequence the how-manieth of the topic
 * @param message the message, with its type, its attributes and its body as JSON
 */
public record PublishedMessage(long sequence, Message message) {
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
        return Bodies.as(message, "that was published", type);
    }
}
