package org.openclaw.message;

import java.time.Instant;
import java.util.Optional;

/**
 * A topic as it is.
 *
 * @param createdAt when it came into existence
 * @param first the sequence of the oldest publication that is retained; one more than {@code latest} when there is none
 * @param latest the sequence of the latest publication; 0 when there was none
 * @param latestAt when that was accepted; empty when it is not retained
 * @param bytes how much is retained, about
 * @param subscriptions how many there are, those that have ended among them
 */
public record TopicView(
        Topic topic,
        Instant createdAt,
        long first,
        long latest,
        Optional<Instant> latestAt,
        long bytes,
        int subscriptions) {}
