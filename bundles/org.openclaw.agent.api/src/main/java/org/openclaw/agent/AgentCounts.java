package org.openclaw.agent;

/**
 * How many agents are in each {@link AgentState}, over all tenants. Retired ones are gone.
 *
 * @param withheld those of the suspended ones for which messages wait
 */
public record AgentCounts(
        long active, long passive, long suspended, long withheld, long draining, long quarantined, long stranded) {}
