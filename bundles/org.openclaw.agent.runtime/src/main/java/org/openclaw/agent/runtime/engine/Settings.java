package org.openclaw.agent.runtime.engine;

import java.time.Duration;

/**
 * The bounds of an engine.
 *
 * @param inboxMessages how many messages may wait for one agent
 * @param inboxBytes how many bytes of messages may wait for one agent; also the greatest body
 * @param nodeMessages how many messages from outside may wait for all agents
 * @param nodeBytes how many bytes of messages from outside may wait for all agents
 * @param reserveMessages how many messages from agents and timers may wait before senders are slowed down; at twice as many
 *     turns that send fail
 * @param reserveBytes the same in bytes
 * @param agents how many agents may exist
 * @param stateBytes how many bytes the states of all agents may take before new agents are refused
 * @param timersPerAgent how many timers one agent may have
 * @param queries how many queries may run at the same time
 * @param dedupFor how long a duplicate is recognised
 * @param dedupCount how many messages are remembered for that
 * @param retainFor how long the outcome of a message can be asked for
 * @param retainCount how many outcomes are kept, those of queries apart
 * @param drain how long turns in flight may take to end when their version or the node goes
 * @param longTurn from which length on a turn is reported
 */
public record Settings(
        int inboxMessages,
        long inboxBytes,
        int nodeMessages,
        long nodeBytes,
        int reserveMessages,
        long reserveBytes,
        int agents,
        long stateBytes,
        int timersPerAgent,
        int queries,
        Duration dedupFor,
        int dedupCount,
        Duration retainFor,
        int retainCount,
        Duration drain,
        Duration longTurn) {
    private static final long MIB = 1024L * 1024;

    /** Fit for a node with a heap of 256 MiB. */
    public static final Settings USUAL = new Settings(
            1_000,
            4 * MIB,
            20_000,
            32 * MIB,
            20_000,
            32 * MIB,
            100_000,
            64 * MIB,
            1_000,
            1_000,
            Duration.ofMinutes(10),
            100_000,
            Duration.ofMinutes(10),
            20_000,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    /** @throws IllegalArgumentException when a bound is not positive */
    public Settings {
        positive("inbox messages", inboxMessages);
        positive("inbox bytes", inboxBytes);
        positive("node messages", nodeMessages);
        positive("node bytes", nodeBytes);
        positive("reserve messages", reserveMessages);
        positive("reserve bytes", reserveBytes);
        positive("agents", agents);
        positive("state bytes", stateBytes);
        positive("timers per agent", timersPerAgent);
        positive("queries", queries);
        positive("dedup time", dedupFor.toMillis());
        positive("dedup count", dedupCount);
        positive("retention time", retainFor.toMillis());
        positive("retention count", retainCount);
        positive("drain deadline", drain.toMillis());
        positive("turn time limit", longTurn.toMillis());
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
    }
}
