package org.openclaw.store;

/** What an entry is. The two numbers of its {@link Key} mean something else for each. */
public enum Kind {
    /** An agent: what is known of it, and its state. Agent, 0. */
    AGENT(0),
    /** A message that waits for an agent. Agent, place in its inbox. */
    INBOX(1),
    /** A timer that is set. Agent, number of the timer. */
    TIMER(2),
    /** When a timer fires. Milliseconds since 1970, number of the timer. */
    DUE(3),
    /** A message that was set aside after its retries. Agent, place that it had in the inbox. */
    DEAD(4),
    /** A message that was accepted, so that a second one with the same source and id is recognised. Agent, hash. */
    DUPLICATE(5),
    /** What became of a message. The two halves of its receipt. */
    OUTCOME(6);

    private final int code;

    Kind(int code) {
        this.code = code;
    }

    /** Stands for it on the disk, for ever: 0 to 127. */
    public int code() {
        return code;
    }

    /**
     * The kind that a code stands for.
     *
     * @throws IllegalArgumentException when there is none: the data come from a newer release
     */
    public static Kind of(int code) {
        for (var kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "kind of entry: " + code + " (expected: 0 to " + (values().length - 1) + ")");
    }
}
