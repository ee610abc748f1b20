package org.openclaw.store.journal;

import java.util.Arrays;
import org.openclaw.store.Kind;

/** What the journal knows of the kinds of entries, by their codes. Asked for each change, so looked up in arrays. */
final class Kinds {
    /** One more than the greatest code. */
    static final int COUNT =
            1 + Arrays.stream(Kind.values()).mapToInt(Kind::code).max().orElseThrow();

    private static final Kind[] BY_CODE = new Kind[COUNT];
    private static final boolean[] ONCE_ONLY = new boolean[COUNT];
    private static final boolean[] ORDERED = new boolean[COUNT];
    private static final boolean[] NUMBERED_BY_SECOND = new boolean[COUNT];

    static {
        for (var kind : Kind.values()) {
            int code = kind.code();
            BY_CODE[code] = kind;
            ONCE_ONLY[code] = isOnceOnly(kind);
            ORDERED[code] = kind == Kind.TIMER || kind == Kind.DEAD;
            NUMBERED_BY_SECOND[code] = kind == Kind.INBOX || kind == Kind.TIMER;
        }
    }

    private Kinds() {}

    private static boolean isOnceOnly(Kind kind) {
        return switch (kind) {
            case INBOX, TIMER, DEAD, OUTCOME, STEP -> true;
            case NODE, AGENT, HELD, TOPIC -> false;
        };
    }

    /**
     * The code itself.
     *
     * @throws IllegalArgumentException when there is no such kind: a newer release has written it
     */
    static int require(int code) {
        return code >= 0 && code < COUNT ? code : Kind.of(code).code();
    }

    static Kind of(int code) {
        return BY_CODE[code];
    }

    /**
     * Whether keys of this kind are never used again once they were removed, so that the number in them, which rises with
     * time, tells whether one can be older than something.
     */
    static boolean onceOnly(int code) {
        return ONCE_ONLY[code];
    }

    /** Whether they are listed from the least one on while commits go on. */
    static boolean ordered(int code) {
        return ORDERED[code];
    }

    /** The number in a key of such a kind that rises with time. */
    static long number(int code, long first, long second) {
        return NUMBERED_BY_SECOND[code] ? second : first;
    }
}
