package org.openclaw.message;

import java.time.Instant;
import java.util.Optional;

/**
 * A subscription and how far it is.
 *
 * @param createdAt when it was made
 * @param position the sequence up to which it has taken or passed over all publications
 * @param behind how many publications are behind its position
 * @param outstanding how many of those that it has taken wait in inboxes, or have a turn under way
 * @param until at which sequence it is through, and removed; empty when it goes on for ever
 * @param state what it does
 * @param why it does not go on, or has ended
 */
public record SubscriptionView(
        Subscription subscription,
        Instant createdAt,
        long position,
        long behind,
        int outstanding,
        Optional<Long> until,
        State state,
        Optional<String> why) {
    /** What a subscription does. */
    public enum State {
        /** It takes what is published. */
        ACTIVE,
        /** Something keeps it from taking the next one; it tries again by itself. What it has not taken is kept. */
        HELD,
        /** It takes nothing any more, and nothing is kept for it; it is shown until somebody removes it or makes it anew. */
        ENDED
    }
}
