package org.openclaw.store;

import java.util.Comparator;

/**
 * Names an entry. Entries of one kind are in the order of the first number, then of the second, both taken as unsigned. Which
 * keys are never used again once they were removed is said by {@link Kind}.
 *
 * @param kind what the entry is, and what the numbers mean
 * @param first mostly the number of an agent
 * @param second which one of them
 */
public record Key(Kind kind, long first, long second) implements Comparable<Key> {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::kind)
            .thenComparing(Key::first, Long::compareUnsigned)
            .thenComparing(Key::second, Long::compareUnsigned);

    /** An agent. */
    public static Key agent(long agent) {
        return new Key(Kind.AGENT, agent, 0);
    }

    /** A waiting message. */
    public static Key inbox(long agent, long message) {
        return new Key(Kind.INBOX, agent, message);
    }

    /** The least key of a kind. */
    public static Key first(Kind kind) {
        return new Key(kind, 0, 0);
    }

    /** The greatest key of a kind, which no entry has. */
    public static Key end(Kind kind) {
        return new Key(kind, -1, -1);
    }

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }
}
