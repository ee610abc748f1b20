package org.openclaw.gateway.http;

import java.util.Set;
import java.util.stream.Collectors;
import org.openclaw.agent.Agents;

/** Which messages are queries: they change nothing, so whoever may look may send them. */
final class Queries {
    private Queries() {}

    /** The CloudEvents types of those of an agent type; none when it is not installed. */
    static Set<String> of(Agents agents, String type) {
        return agents.types().stream()
                .filter(each -> each.name().equals(type))
                .flatMap(each -> each.messages().stream())
                .filter(message -> message.query())
                .map(message -> message.type())
                .collect(Collectors.toSet());
    }
}
