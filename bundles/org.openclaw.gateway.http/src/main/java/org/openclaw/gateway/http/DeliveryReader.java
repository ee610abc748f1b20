package org.openclaw.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.openclaw.message.Delivery;

/**
 * Reads how a message is to be delivered: the CloudEvents extension attributes {@code priority}, {@code deadline} and the documented
 * {@code expirytime}, wherever they stand.
 */
final class DeliveryReader {
    private static final int MOST_QUOTED = 64;

    private final String prefix;
    private final Attributes attributes;

    /** @param prefix what stands before the name of an attribute there */
    DeliveryReader(String prefix, Attributes attributes) {
        this.prefix = prefix;
        this.attributes = attributes;
    }

    /** Where attributes stand. */
    @FunctionalInterface
    interface Attributes {
        /** The value of one; empty when it is not there. */
        Optional<String> find(String name) throws Rejection;
    }

    Delivery read() throws Rejection {
        int priority = priority();
        try {
            return new Delivery(priority, time("deadline"), time("expirytime"));
        } catch (IllegalArgumentException outOfBounds) {
            throw invalid("The message is refused: " + outOfBounds.getMessage() + ".");
        }
    }

    private int priority() throws Rejection {
        var given = attributes.find("priority");
        if (given.isEmpty()) {
            return Delivery.NORMAL.priority();
        }
        if (!given.get().matches("[0-9]")) {
            throw wrong("priority", given.get(), "a whole number from 0 to 9, the most urgent; 4 is normal");
        }
        return Integer.parseInt(given.get());
    }

    private Optional<Instant> time(String name) throws Rejection {
        var given = attributes.find(name);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(given.get()).toInstant());
        } catch (DateTimeException bad) {
            throw wrong(name, given.get(), "an RFC 3339 timestamp, such as 2026-11-01T12:00:00Z");
        }
    }

    private Rejection wrong(String name, String value, String expected) {
        var clean = value.replaceAll("\\p{Cntrl}", " ");
        var quoted = clean.length() > MOST_QUOTED ? clean.substring(0, MOST_QUOTED) + "..." : clean;
        return invalid(prefix + name + " is '" + quoted + "' (expected: " + expected + ").");
    }

    private static Rejection invalid(String detail) {
        return Problem.of(400, "message.invalid", detail).rejection();
    }
}
