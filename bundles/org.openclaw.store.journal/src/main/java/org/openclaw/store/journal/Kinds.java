package org.openclaw.store.journal;

import org.openclaw.store.Kind;

/** What the journal knows of the kinds of entries, by their codes. */
final class Kinds {
    /** One more than the greatest code. */
    static final int COUNT = 7;

    private Kinds() {}

    /**
     * The code itself.
     *
     * @throws IllegalArgumentException when there is no such kind: a newer release has written it
     */
    static int require(int code) {
        return code >= 0 && code < COUNT ? code : Kind.of(code).code();
    }

    /**
     * Whether keys of this kind are never used again once they were removed, so that the number in them, which rises with
     * time, tells whether one can be older than something.
     */
    static boolean onceOnly(int code) {
        return switch (Kind.of(code)) {
            case INBOX, TIMER, DEAD, OUTCOME -> true;
            case NODE, AGENT, HELD -> false;
        };
    }

    /** Whether they are listed from the least one on while commits go on. */
    static boolean ordered(int code) {
        return switch (Kind.of(code)) {
            case TIMER, DEAD -> true;
            case NODE, AGENT, HELD, INBOX, OUTCOME -> false;
        };
    }

    /** The number in a key that no other key of this kind has. */
    static long number(int code, long first, long second) {
        return switch (Kind.of(code)) {
            case INBOX, TIMER -> second;
            case NODE, AGENT, HELD, DEAD, OUTCOME -> first;
        };
    }
}
