package org.openclaw.agent.runtime.engine;

/** What an entry of the kind NODE says; the second number of its key is 0 unless said. */
enum NodeEntry {
    /** u8 1; u64: no number from this one on has been given out. */
    NUMBERS(1),
    /** u8 1; text: the agent type that an operator has suspended. The second number is any that is unique. */
    SUSPENDED_TYPE(2);

    private final long code;

    NodeEntry(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
