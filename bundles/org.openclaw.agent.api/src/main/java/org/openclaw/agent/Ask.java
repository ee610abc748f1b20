package org.openclaw.agent;

import java.time.Duration;
import org.openclaw.message.Address;
import org.openclaw.message.Delivery;

/**
 * A message to another agent whose reply a turn waits for; see {@link Turn#ask(java.util.List)}. Immutable: each method makes
 * another one.
 *
 * @param to the agent that is asked, of the same tenant; it need not exist yet
 * @param message a record, as for {@link Turn#send}
 * @param reply what the reply is read as
 * @param within how long the reply may take, counted from when it is asked; more than nothing, at most {@link #LONGEST}
 * @param delivery how urgent the message is, and until when
 */
public record Ask<T>(Address to, Object message, Class<T> reply, Duration within, Delivery delivery) {
    /** How long a turn waits unless it says otherwise. */
    public static final Duration USUAL = Duration.ofDays(7);

    /** How long a turn may wait. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** @throws IllegalArgumentException when the time is out of its bounds */
    public Ask {
        requireWait("ask " + to, within);
    }

    /**
     * One that is delivered as usual.
     *
     * @throws IllegalArgumentException when the time is out of its bounds
     */
    public Ask(Address to, Object message, Class<T> reply, Duration within) {
        this(to, message, reply, within, Delivery.NORMAL);
    }

    /** One whose reply may take {@link #USUAL as long as usual}. */
    public static <T> Ask<T> of(Address to, Object message, Class<T> reply) {
        return new Ask<>(to, message, reply, USUAL);
    }

    /** The same with another time. */
    public Ask<T> within(Duration time) {
        return new Ask<>(to, message, reply, time, delivery);
    }

    /** The same, delivered in another way: when it expires before its turn, there is no answer. */
    public Ask<T> with(Delivery how) {
        return new Ask<>(to, message, reply, within, how);
    }

    /**
     * What every wait has to keep.
     *
     * @throws IllegalArgumentException when the time is out of its bounds
     */
    public static void requireWait(String what, Duration time) {
        if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + ": waits for " + time + " (expected: more than nothing, at most " + LONGEST + ")");
        }
    }
}
