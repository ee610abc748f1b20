package org.openclaw.message;

import java.time.Instant;
import java.util.Optional;

/**
 * A CloudEvents 1.0 event. The pair of {@code source} and {@code id} identifies it: a second one with the same pair, to
 * the same agent or topic, is a duplicate.
 *
 * @param id the CloudEvents {@code id}, 1 to 256 characters
 * @param source the CloudEvents {@code source}, a URI reference of 1 to 512 characters
 * @param type the CloudEvents {@code type}, {@code <agent type>.<record name>} unless the record says otherwise
 * @param time when the sender made it
 * @param body its data
 * @param delivery how urgent it is, and until when
 * @param attributes its subject and extension attributes
 */
public record Message(
        String id, String source, String type, Instant time, Body body, Delivery delivery, Attributes attributes) {
    /** @throws IllegalArgumentException when a text is empty or too long */
    public Message {
        bounded("id", id, 256);
        bounded("source", source, 512);
        bounded("type", type, 256);
    }

    /**
     * One without further attributes.
     *
     * @throws IllegalArgumentException when a text is empty or too long
     */
    public Message(String id, String source, String type, Instant time, Body body, Delivery delivery) {
        this(id, source, type, time, body, delivery, Attributes.NONE);
    }

    /**
     * One that is delivered as usual.
     *
     * @throws IllegalArgumentException when a text is empty or too long
     */
    public Message(String id, String source, String type, Instant time, Body body) {
        this(id, source, type, time, body, Delivery.NORMAL);
    }

    /** The same, delivered in another way. */
    public Message with(Delivery how) {
        return new Message(id, source, type, time, body, how, attributes);
    }

    /** The same with another subject and other extension attributes. */
    public Message with(Attributes others) {
        return new Message(id, source, type, time, body, delivery, others);
    }

    /** What it says of itself under a name: {@code id}, {@code source}, {@code type}, {@code subject} or that of an extension. */
    public Optional<String> attribute(String name) {
        return switch (name) {
            case "id" -> Optional.of(id);
            case "source" -> Optional.of(source);
            case "type" -> Optional.of(type);
            case "subject" -> attributes.subject();
            default -> Optional.ofNullable(attributes.extensions().get(name));
        };
    }

    private static void bounded(String name, String text, int max) {
        if (text.isEmpty() || text.length() > max) {
            throw new IllegalArgumentException(
                    name + " of " + text.length() + " characters (expected: 1 to " + max + ")");
        }
    }
}
