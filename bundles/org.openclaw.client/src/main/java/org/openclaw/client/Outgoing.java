package org.openclaw.client;

import java.util.UUID;
import org.openclaw.message.Delivery;

/**
 * A record to be sent, with what its sender may say of it.
 *
 * @param record the message
 * @param id its CloudEvents {@code id}: the same id from the same source is the same message, and is handled once
 * @param delivery how urgent it is, and until when
 */
public record Outgoing(Record record, String id, Delivery delivery) {
    /** One of a fresh id, delivered as usual. */
    public static Outgoing of(Record record) {
        return new Outgoing(record, UUID.randomUUID().toString(), Delivery.NORMAL);
    }

    /** The same under an id that its sender has given it, such as the number of an order. */
    public Outgoing id(String given) {
        return new Outgoing(record, given, delivery);
    }

    /** The same, delivered in another way. */
    public Outgoing delivery(Delivery how) {
        return new Outgoing(record, id, how);
    }
}
