package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;

/**
 * What a turn does when it is committed, beside the new state.
 *
 * @param sends in the order in which they were sent
 * @param timers by name: set, or (empty) forgotten; in the order in which they were first named
 * @param topics what it publishes, and subscribes to, in the order in which it was done
 * @param reply the last reply
 */
record Effects(
        List<Send> sends, Map<String, Optional<Reminder>> timers, List<TopicEffect> topics, Optional<Message> reply) {
    static final Effects NONE = new Effects(List.of(), Map.of(), List.of(), Optional.empty());

    Effects {
        sends = List.copyOf(sends);
        topics = List.copyOf(topics);
        timers = timers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(timers));
    }

    /**
     * A message to another agent.
     *
     * @param replied whether its reply is wanted, as a message
     */
    record Send(Address to, Message message, boolean replied) {}

    /**
     * A message to the agent itself, later.
     *
     * @param again at which times after that
     */
    record Reminder(Instant due, String type, Body body, Optional<Recurrence> again) {}

    /** What the timers and the reply take. */
    long keptBytes() {
        long bytes = reply.map(message -> message.body().size()).orElse(0);
        for (var timer : timers.values()) {
            bytes += timer.map(set -> set.body().size()).orElse(0);
        }
        return bytes;
    }
}
