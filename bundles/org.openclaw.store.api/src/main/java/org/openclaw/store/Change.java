package org.openclaw.store;

/** One thing that a commit changes. */
public sealed interface Change {
    /**
     * An entry is there from now on, in place of one of the same key.
     *
     * @param value the store keeps this very array: it must not be changed any more
     */
    @SuppressWarnings("ArrayRecordComponent") // changes are carried out, never compared
    record Put(Key key, byte[] value) implements Change {}

    /** An entry is gone; nothing changes when there is none. */
    record Remove(Key key) implements Change {}

    /** A name belongs to an agent from now on. */
    record Name(AgentName name, long agent) implements Change {}

    /** A name belongs to nobody; nothing changes when it did not before. */
    record Unname(AgentName name) implements Change {}
}
