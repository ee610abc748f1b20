package org.openclaw.agent;

import java.util.Optional;
import java.util.stream.Stream;

/** What an {@link AgentEvent} tells. Each has a stable text, such as {@code turn.done}; there may be more of them one day. */
public enum EventKind {
    /** A turn is committed. */
    TURN_DONE("turn.done"),
    /** A turn has failed, and its message will be tried again, or blocks its agent. */
    TURN_FAILED("turn.failed"),
    /** A turn has failed, and its message was set aside. */
    TURN_DEAD("turn.dead"),
    /** A message was taken back before its turn, or while that was suspended. */
    TURN_CANCELLED("turn.cancelled"),
    /** A message has expired before its turn. */
    TURN_EXPIRED("turn.expired"),
    /** A turn waits for an answer, without a thread. */
    TURN_SUSPENDED("turn.suspended"),
    /** What a suspended turn has waited for is there, or the time for it is over: the turn goes on. */
    TURN_RESUMED("turn.resumed"),
    /** A step of a turn is recorded. */
    STEP_RECORDED("step.recorded"),
    /** An operator has created an agent. Those that begin with a message are not told. */
    AGENT_CREATED("agent.created"),
    /** An operator holds an agent. */
    AGENT_SUSPENDED("agent.suspended"),
    /** An agent goes on that an operator, or its failures, had held. */
    AGENT_RESUMED("agent.resumed"),
    /** An agent cannot go on before somebody has looked after it. */
    AGENT_QUARANTINED("agent.quarantined"),
    /** An agent accepts nothing more, and will be retired. */
    AGENT_DRAINING("agent.draining"),
    /** An agent is retired. */
    AGENT_RETIRED("agent.retired"),
    /** An agent is forgotten. */
    AGENT_PURGED("agent.purged");

    private final String text;

    EventKind(String text) {
        this.text = text;
    }

    /** The stable text. */
    public String text() {
        return text;
    }

    /** The kind with this text; empty when there is none. */
    public static Optional<EventKind> of(String text) {
        return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
