package org.openclaw.agent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Body;

/**
 * An agent as seen from outside, at one moment.
 *
 * @param address where it lives
 * @param state where it is in its life
 * @param suspended whether an operator has suspended it
 * @param obstacle why it does not go on although messages wait; empty when it goes on, or none waits
 * @param version the version of the type that would run its next turn; empty when stranded
 * @param waiting the number of messages in its inbox
 * @param turns the number of turns it has committed
 * @param failures the number of turns that failed
 * @param createdAt when it came into existence
 * @param lastTurnAt when its last turn ended
 * @param memory its last committed state as JSON; empty before its first turn
 * @param timers its timers, soonest first
 */
public record AgentView(
        Address address,
        AgentState state,
        boolean suspended,
        Optional<String> obstacle,
        Optional<String> version,
        int waiting,
        long turns,
        long failures,
        Instant createdAt,
        Optional<Instant> lastTurnAt,
        Optional<Body> memory,
        List<Timer> timers) {
    public AgentView {
        timers = List.copyOf(timers);
    }

    /**
     * A timer that has not fired yet.
     *
     * @param name its name
     * @param due when it fires
     * @param type the CloudEvents type of its message
     * @param schedule how it goes on after that; empty when it does not
     * @param body the body of its message; empty unless it was asked for
     */
    public record Timer(String name, Instant due, String type, Optional<String> schedule, Optional<Body> body) {}
}
