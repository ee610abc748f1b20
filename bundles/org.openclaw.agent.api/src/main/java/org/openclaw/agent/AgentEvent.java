package org.openclaw.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/**
 * Something that an agent has done, or that was done to it. It is committed: no crash undoes it. Holds nothing of what is in
 * messages and states.
 *
 * @param id its place among all events of the node
 * @param at when it happened, by the node's clock, which may be set back
 * @param agent whom it is about
 * @param turn the message and its turn; empty when it is about the agent alone
 * @param code a stable code, when something failed
 * @param cause what happened, for people, when something failed or an agent is quarantined; at most 500 characters
 */
public record AgentEvent(
        EventId id,
        Instant at,
        Tenant tenant,
        Address agent,
        EventKind kind,
        Optional<TurnView> turn,
        Optional<String> code,
        Optional<String> cause) {
    /**
     * A message and its turn.
     *
     * @param receipt asks for the message, as long as its outcome is kept
     * @param type its CloudEvents type
     * @param version the version of the agent type that ran the turn; empty when there was no turn, or it will be another one's
     * @param took how long the turn took, or the step; zero where there was none
     * @param subject the name of the step that was recorded, or what a suspended turn waits for; empty for all others
     */
    public record TurnView(
            ReceiptId receipt, String type, Optional<String> version, Duration took, Optional<String> subject) {}
}
