package org.openclaw.schema;

/** Which of two versions has to read what the other writes. */
public enum Compatibility {
    /** The newer reads what the older wrote: what states need, unless the newer version migrates them. */
    BACKWARD,
    /** The older reads what the newer writes: for a time in which not all receivers are new. */
    FORWARD,
    /** Both: what messages need, since senders and receivers change one after the other, and some go back. */
    FULL,
    /** Neither. */
    NONE;

    /** Whether the newer has to read what the older wrote. */
    public boolean newerReads() {
        return this == BACKWARD || this == FULL;
    }

    /** Whether the older has to read what the newer writes. */
    public boolean olderReads() {
        return this == FORWARD || this == FULL;
    }
}
