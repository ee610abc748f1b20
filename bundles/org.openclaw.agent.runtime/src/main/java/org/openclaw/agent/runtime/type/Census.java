package org.openclaw.agent.runtime.type;

import java.util.concurrent.atomic.LongAdder;
import org.openclaw.agent.AgentCounts;

/**
 * How many agents of a type stand where, kept at each change: nobody ever has to look at all agents to count them.
 * Thread-safe, without a lock.
 */
public final class Census {
    private final LongAdder active = new LongAdder();
    private final LongAdder passive = new LongAdder();
    private final LongAdder suspended = new LongAdder();
    private final LongAdder withheld = new LongAdder();
    private final LongAdder draining = new LongAdder();
    private final LongAdder quarantined = new LongAdder();

    /** Where an agent stands by itself, whether or not there is a version that can run it. */
    public enum Standing {
        ACTIVE,
        PASSIVE,
        SUSPENDED,
        /** Suspended, and messages wait. */
        WITHHELD,
        DRAINING,
        QUARANTINED
    }

    /** One agent more. */
    public void enter(Standing where) {
        at(where).increment();
    }

    /** One agent less. */
    public void leave(Standing where) {
        at(where).decrement();
    }

    private LongAdder at(Standing where) {
        return switch (where) {
            case ACTIVE -> active;
            case PASSIVE -> passive;
            case SUSPENDED -> suspended;
            case WITHHELD -> withheld;
            case DRAINING -> draining;
            case QUARANTINED -> quarantined;
        };
    }

    /** @param stranded whether no version can run the agents: those that would go on cannot then */
    AgentCounts counts(boolean stranded) {
        long able = count(active);
        long resting = count(passive);
        long stuck = count(quarantined);
        long waiting = count(withheld);
        return new AgentCounts(
                stranded ? 0 : able,
                stranded ? 0 : resting,
                count(suspended) + waiting,
                waiting,
                count(draining),
                stranded ? 0 : stuck,
                stranded ? able + resting + stuck : 0);
    }

    private static long count(LongAdder counter) {
        // a change that is under way may show in one number before the other
        return Math.max(0, counter.sum());
    }
}
