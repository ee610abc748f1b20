package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers at work: reports those that take long, gives up those that do not end. Thread-safe. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Set<Call> running = ConcurrentHashMap.newKeySet();

    void began(Call call) {
        running.add(call);
    }

    void ended(Call call) {
        running.remove(call);
    }

    /** The handlers of one version. */
    List<Call> of(AgentVersion version) {
        return running.stream().filter(call -> call.version() == version).toList();
    }

    List<Call> all() {
        return List.copyOf(running);
    }

    /** Reports, with its stack, every handler that has taken too long. */
    void report(Instant now) {
        running.stream().filter(call -> call.isDue(now)).forEach(call -> {
            var stack = Arrays.stream(call.thread().getStackTrace())
                    .map(frame -> "\n\tat " + frame)
                    .collect(Collectors.joining());
            LOG.warn(
                    "A turn of {} (tenant {}) on {} for a {} has not ended after {} s; it goes on, and other agents with"
                            + " it. Its stack:{}",
                    call.address(),
                    call.tenant(),
                    call.version(),
                    call.messageType(),
                    Duration.between(call.since(), now).toSeconds(),
                    stack.isEmpty() ? " (none)" : stack);
        });
    }
}
