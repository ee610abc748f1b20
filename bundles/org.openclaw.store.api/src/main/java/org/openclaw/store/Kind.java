package org.openclaw.store;

/**
 * What an entry is. The two numbers of its {@link Key} mean something else for each.
 *
 * <p>The numbers of messages and of timers are unique in the node and are never given to another. So a key of {@link #INBOX},
 * {@link #TIMER}, {@link #DEAD}, {@link #OUTCOME} and {@link #STEP} is never put again once it was removed; as long as it is there
 * it may be put again, with another value. Stores may rely on that, and keep these entries cheaply when the numbers rise with
 * time.
 */
public enum Kind {
    /** Something about the node as a whole. What, which. */
    NODE(0),
    /** An agent: what is known of it, and its state. Agent, 0. */
    AGENT(1),
    /** An agent that does not go on by itself, and why. Agent, 0. */
    HELD(2),
    /** A message that waits. The agent it waits for, number of the message. */
    INBOX(3),
    /** A timer that is set. Milliseconds since 1970 at which it fires, number of the timer. */
    TIMER(4),
    /** A message that was set aside after its retries. Number of the message, agent. */
    DEAD(5),
    /** What became of a message. Number of the message, agent. */
    OUTCOME(6),
    /**
     * A step that the turn for a message has taken. Number of the message, ordinal of the step. Or a part of its result, when that is
     * large. A number that no message has and that is given out like theirs, 2^32 or more.
     */
    STEP(7),
    /** A message that was published. Number of its topic, the how-manieth of that topic it is. */
    TOPIC(8);

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
