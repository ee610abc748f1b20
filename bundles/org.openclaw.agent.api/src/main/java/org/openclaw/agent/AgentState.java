package org.openclaw.agent;

/** The life of an agent. Of several that fit, the first of suspended, draining, stranded and quarantined counts. */
public enum AgentState {
    /** It has a turn under way, messages waiting, or its state in memory. */
    ACTIVE,
    /** It is known, and its state is not in memory. */
    PASSIVE,
    /** An operator has suspended it; its messages wait. */
    SUSPENDED,
    /** It accepts no more messages and handles those it has. */
    DRAINING,
    /** It failed too often, or a turn of it does not end; its messages wait. */
    QUARANTINED,
    /** It is gone; its address refuses messages. */
    RETIRED,
    /** No installed version can run it; its messages wait. */
    STRANDED
}
