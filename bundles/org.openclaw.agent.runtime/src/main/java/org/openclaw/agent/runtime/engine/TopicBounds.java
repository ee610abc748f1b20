package org.openclaw.agent.runtime.engine;

import java.time.Duration;

/**
 * The bounds of topics.
 *
 * @param topics how many one tenant may have
 * @param subscriptions how many one tenant may have, to all of its topics
 * @param outstanding how many publications one subscription may have in inboxes
 * @param retainFor how long a publication is retained at least
 * @param retainBytes how much is retained of all topics; what a subscription has not taken yet is kept beyond, up to twice as much
 */
public record TopicBounds(int topics, int subscriptions, int outstanding, Duration retainFor, long retainBytes) {
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** For every node: publications lie on the disk alone. */
    public static final TopicBounds USUAL = new TopicBounds(1_000, 1_000, 100, Duration.ofHours(24), 2L << 30);

    /** @throws IllegalArgumentException when one is out of its bounds */
    public TopicBounds {
        within("topics", topics, 1, MOST);
        within("subscriptions", subscriptions, 1, MOST);
        within("outstanding publications of a subscription", outstanding, 1, MOST);
        within("retained bytes of topics", retainBytes, 1, Long.MAX_VALUE / 4);
        if (retainFor.compareTo(Duration.ofMillis(1)) < 0 || retainFor.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "retention time of topics: " + retainFor + " (expected: 1 ms to " + LONGEST.toDays() + " days)");
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
