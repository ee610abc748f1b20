package org.openclaw.agent.runtime.engine;

/** What an entry of the kind NODE says; the second number of its key is 0 unless said. */
enum NodeEntry {
    /** u8 1; u64: no number from this one on has been given out. */
    NUMBERS(1),
    /** u8 1; text: the agent type that an operator has suspended. The second number is any that is unique. */
    SUSPENDED_TYPE(2),
    /** See {@link TopicRecord}. The second number is that of the topic. */
    TOPIC(3),
    /** See {@link FeedRecord}. The second number is that of the subscription. */
    SUBSCRIPTION(4),
    /** u8 1; u64: up to which sequence a subscription has taken everything. The second number is that of the subscription. */
    POSITION(5),
    /** u8 1; u64: no sequence up to this one is given out in a new topic. */
    SEQUENCES(6);

    private final long code;

    NodeEntry(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
