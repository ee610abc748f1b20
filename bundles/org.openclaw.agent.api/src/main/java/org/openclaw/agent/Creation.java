package org.openclaw.agent;

import org.openclaw.message.Refusal;

/** What came of creating an agent. */
public sealed interface Creation {
    /** It exists from now on. */
    record Created(AgentView agent) implements Creation {}

    /** It existed before; nothing has changed. */
    record Existed(AgentView agent) implements Creation {}

    /** It does not exist, or not for long: it is being retired. Nothing has changed. */
    record Refused(Refusal refusal) implements Creation {}
}
