package org.openclaw.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How a message wants to be delivered. Priority and deadline choose between agents, where more turns are ready than may begin; they
 * never reorder the inbox of one agent, and what one type or tenant gets beside another does not depend on them.
 *
 * <p>Of the turns of one agent type of one tenant that is next which is due first. A message is due 10 seconds after its acceptance
 * for each level that its priority is below {@link #HIGHEST}, or at its deadline where that is sooner, but never before its
 * acceptance. So nothing starves: whatever has waited for 90 seconds goes before all that is accepted from then on. A turn that is
 * tried again is due when it was.
 *
 * <p>Expiry ends a message: one whose turn has not begun by then never has one, and ends as {@link MessageStatus.Expired}. It is
 * looked at when a message comes, which is refused then, and when its turn is about to begin for the first time. One that the end of
 * the node cut off counts as begun from its first step on, or when it had failed.
 *
 * <p>All three are CloudEvents extension attributes. They do not belong to what tells a duplicate: the one that came first counts.
 * Times are kept to the microsecond.
 *
 * @param priority {@link #LOWEST} to {@link #HIGHEST}; the extension {@code priority}
 * @param deadline when its turn should have begun; nothing ends by it; the extension {@code deadline}
 * @param expires from when on it is not worth a turn; the documented CloudEvents extension {@code expirytime}
 */
public record Delivery(int priority, Optional<Instant> deadline, Optional<Instant> expires) {
    /** The least urgent. */
    public static final int LOWEST = 0;

    /** The most urgent. */
    public static final int HIGHEST = 9;

    /** As a message is delivered that does not say how. */
    public static final Delivery NORMAL = new Delivery(4, Optional.empty(), Optional.empty());

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** @throws IllegalArgumentException when the priority or a time is out of its bounds; the years are 1970 to 9999 */
    public Delivery {
        if (priority < LOWEST || priority > HIGHEST) {
            throw new IllegalArgumentException("priority: " + priority + " (expected: " + LOWEST + " to " + HIGHEST
                    + ", the most urgent; 4 is normal)");
        }
        deadline = deadline.map(time -> bounded("deadline", time));
        expires = expires.map(time -> bounded("expirytime", time));
    }

    private static Instant bounded(String name, Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException(name + ": " + time + " (expected: a time in the years 1970 to 9999)");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** A normal one with another priority. */
    public static Delivery of(int priority) {
        return new Delivery(priority, Optional.empty(), Optional.empty());
    }

    /** The same, to have begun by a time. */
    public Delivery by(Instant time) {
        return new Delivery(priority, Optional.of(time), expires);
    }

    /** The same, not worth a turn from a time on. */
    public Delivery until(Instant time) {
        return new Delivery(priority, deadline, Optional.of(time));
    }

    /** Whether it has expired by then. */
    public boolean isExpired(Instant now) {
        return expires.filter(time -> !now.isBefore(time)).isPresent();
    }
}
