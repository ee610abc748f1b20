package org.openclaw.message;

import java.time.Instant;
import java.util.Optional;

/**
 * Who gets which publications of a topic. Durable: it goes on where it was after a restart, and what it has not taken yet is kept.
 *
 * @param topic the topic; it need not exist yet
 * @param name names it among those of the topic: of the same shape as the name of a topic, or, of one that an agent has made for
 *     itself, the address of that agent
 * @param filter which publications
 * @param to who gets them
 */
public record Subscription(Topic topic, String name, MessageFilter filter, Receiver to) {
    /** @throws IllegalArgumentException when the name has another shape */
    public Subscription {
        boolean own = to instanceof Receiver.One(var agent) && agent.toString().equals(name);
        if (!own && !Names.isName(name)) {
            throw new IllegalArgumentException("subscription: '" + name + "' (expected: " + Names.SHAPE
                    + "; or the address of the agent that it is for)");
        }
    }

    /** One that an agent has for itself. */
    public static Subscription of(Topic topic, Address agent, MessageFilter filter) {
        return new Subscription(topic, agent.toString(), filter, new Receiver.One(agent));
    }

    /** Who gets a publication. */
    public sealed interface Receiver {
        /** The agent that gets this one; empty when it is for nobody. */
        Optional<Address> of(Message message);

        /** Always the same agent. */
        record One(Address agent) implements Receiver {
            @Override
            public Optional<Address> of(Message message) {
                return Optional.of(agent);
            }
        }

        /**
         * The agent whose key an attribute says, such as one for each subject. A publication is for nobody that does not have the
         * attribute, or has one that is no key of an agent.
         *
         * @param type the agent type
         * @param attribute {@code subject}, {@code source}, {@code type}, {@code id} or the name of an extension attribute
         */
        record ByAttribute(String type, String attribute) implements Receiver {
            private static final int MAX_KEY_CHARACTERS = 256;

            /** @throws IllegalArgumentException when one of them has another shape */
            public ByAttribute {
                if (!Names.isName(type)) {
                    throw new IllegalArgumentException("agent type: '" + type + "' (expected: " + Names.SHAPE + ")");
                }
                boolean known = switch (attribute) {
                    case "id", "source", "type", "subject" -> true;
                    default -> Attributes.isExtension(attribute);
                };
                if (!known) {
                    throw new IllegalArgumentException("key from the attribute '" + attribute
                            + "' (expected: subject, source, type, id, or the name of an extension attribute)");
                }
            }

            @Override
            public Optional<Address> of(Message message) {
                return message.attribute(attribute)
                        .filter(key -> key.length() <= MAX_KEY_CHARACTERS && Address.isKey(key))
                        .map(key -> new Address(type, key));
            }
        }
    }

    /** From where on a subscription takes publications. */
    public sealed interface Start {
        /** Those from now on. */
        record Now() implements Start {}

        /** All that are retained. */
        record Oldest() implements Start {}

        /**
         * Those that were accepted at that time or later. What is published from now on is among them, even when the time is still
         * to come.
         */
        record At(Instant time) implements Start {
            private static final Instant FIRST = Instant.EPOCH;
            private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

            /** @throws IllegalArgumentException when the time is before 1970 or behind the year 9999 */
            public At {
                if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                    throw new IllegalArgumentException(
                            "time: " + time + " (expected: from " + FIRST + " to " + LAST + ")");
                }
            }
        }
    }
}
