package org.openclaw.agent.runtime.engine;

import java.time.Duration;

/**
 * The bounds of an engine.
 *
 * @param inboxMessages how many messages may wait for one agent
 * @param inboxBytes how many bytes of messages may wait for one agent; also the greatest body
 * @param typeMessages how many messages from outside may wait for the agents of one type
 * @param typeBytes how many bytes of messages from outside may wait for the agents of one type
 * @param tenantMessages how many messages from outside may wait for the agents of one tenant
 * @param tenantBytes how many bytes of messages from outside may wait for the agents of one tenant
 * @param nodeMessages how many messages from outside may wait for all agents
 * @param nodeBytes how many bytes of messages from outside may wait for all agents
 * @param reserveMessages how many messages from agents and timers may wait before senders are slowed down; at twice as many
 *     turns that send fail
 * @param reserveBytes the same in bytes
 * @param agents how many agents may exist
 * @param residentAgents how many agents are kept in memory while they rest; beyond, they leave early
 * @param residentBytes how many bytes the states of agents may take in memory before those that rest leave early; and how many
 *     bytes of waiting messages are kept in memory, all others are on the disk alone
 * @param passivateAfter how long an agent rests before it leaves the memory
 * @param timersPerAgent how many timers one agent may have
 * @param queries how many queries may run at the same time
 * @param turnsStarting how many threads may be asked for that have not taken a turn yet
 * @param turnsAhead how many turns may be ahead: asked for a thread and without one yet, or over and not looked at by the core; the
 *     others wait
 * @param shares what tenants and types get
 * @param turnBytes how many bytes the state, the messages, the timers and the reply of one turn may have
 * @param steps what their results may be
 * @param dedupFor how long a duplicate is recognised
 * @param dedupCount how many messages are remembered for that
 * @param retainFor how long the outcome of a message can be asked for
 * @param retainCount how many outcomes are kept, those of queries apart
 * @param deadLetters how many dead letters are kept; beyond, agents whose messages fail are quarantined
 * @param drain how long turns in flight may take to end when their version or the node goes
 * @param longTurn from which length on a turn is reported
 * @param turnLimit how long a turn may take before it is interrupted, unless its type says otherwise
 * @param diskReserve how many bytes are left free on the disk: below, the doors are closed
 * @param topics of topics, subscriptions, and what is retained
 */
public record Settings(
        int inboxMessages,
        long inboxBytes,
        int typeMessages,
        long typeBytes,
        int tenantMessages,
        long tenantBytes,
        int nodeMessages,
        long nodeBytes,
        int reserveMessages,
        long reserveBytes,
        int agents,
        int residentAgents,
        long residentBytes,
        Duration passivateAfter,
        int timersPerAgent,
        int queries,
        int turnsStarting,
        int turnsAhead,
        Shares shares,
        long turnBytes,
        StepBounds steps,
        Duration dedupFor,
        int dedupCount,
        Duration retainFor,
        int retainCount,
        int deadLetters,
        Duration drain,
        Duration longTurn,
        Duration turnLimit,
        long diskReserve,
        TopicBounds topics) {
    private static final long MIB = 1024L * 1024;
    /** As few as keep a processor at work: all that is under way stands before what comes next, from whomever it comes. */
    private static final int STARTING_PER_PROCESSOR = 8;

    private static final int AHEAD_PER_PROCESSOR = 16;

    /** Fit for a node with a heap of 256 MiB and two processors. */
    public static final Settings USUAL = fitting(256 * MIB, 2);

    /** Fit for this JVM. */
    public static Settings fittingThisJvm() {
        var jvm = Runtime.getRuntime();
        return fitting(jvm.maxMemory(), jvm.availableProcessors());
    }

    /**
     * Fit for a node with such a heap: what lies on the disk may be more than it, what is in memory may not.
     *
     * @param heap in bytes
     */
    public static Settings fitting(long heap, int processors) {
        int messages = Math.clamp(heap / 1_024, 50_000, 4_000_000);
        long bytes = 4 * heap;
        return new Settings(
                1_000,
                4 * MIB,
                messages / 2,
                bytes / 2,
                messages,
                bytes,
                messages,
                bytes,
                messages,
                bytes,
                10_000_000,
                Math.clamp(heap / 4_096, 10_000, 10_000_000),
                heap / 8,
                Duration.ofMinutes(1),
                1_000,
                1_000,
                STARTING_PER_PROCESSOR * processors,
                AHEAD_PER_PROCESSOR * processors,
                Shares.EQUAL,
                8 * MIB,
                StepBounds.USUAL,
                Duration.ofMinutes(10),
                100_000,
                Duration.ofMinutes(10),
                100_000,
                100_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                256 * MIB,
                TopicBounds.USUAL);
    }

    /** @throws IllegalArgumentException when a bound is not positive */
    public Settings {
        positive("inbox messages", inboxMessages);
        positive("inbox bytes", inboxBytes);
        positive("type messages", typeMessages);
        positive("type bytes", typeBytes);
        positive("tenant messages", tenantMessages);
        positive("tenant bytes", tenantBytes);
        positive("node messages", nodeMessages);
        positive("node bytes", nodeBytes);
        positive("reserve messages", reserveMessages);
        positive("reserve bytes", reserveBytes);
        positive("agents", agents);
        positive("resident agents", residentAgents);
        positive("resident bytes", residentBytes);
        positive("passivation time", passivateAfter.toMillis());
        positive("timers per agent", timersPerAgent);
        positive("queries", queries);
        positive("turns starting", turnsStarting);
        positive("turns ahead", turnsAhead);
        positive("turn bytes", turnBytes);
        positive("dedup time", dedupFor.toMillis());
        positive("dedup count", dedupCount);
        positive("retention time", retainFor.toMillis());
        positive("retention count", retainCount);
        positive("dead letters", deadLetters);
        positive("drain deadline", drain.toNanos());
        positive("long turn", longTurn.toMillis());
        positive("turn time limit", turnLimit.toMillis());
        if (turnBytes < inboxBytes) {
            throw new IllegalArgumentException(
                    "turn bytes: " + turnBytes + " (expected: at least the inbox bytes, " + inboxBytes + ")");
        }
        if (diskReserve < 0) {
            throw new IllegalArgumentException("disk reserve: " + diskReserve + " (expected: 0 or more)");
        }
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
    }
}
