package org.openclaw.client;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that an agent has done, or that was done to it. What does not apply is empty.
 *
 * @param id where it stands; see {@link EventQuery.From.Behind}
 * @param at when
 * @param kind such as {@code turn.done}; there may be more one day
 * @param agent whose, as {@code type/key}
 * @param receipt of the message whose turn it was
 * @param messageType of that message
 * @param version that ran the turn
 * @param millis how long it took
 * @param step what was recorded
 * @param waitsFor what a turn waits for
 * @param code what kind of failure it was
 * @param cause what failed, for people
 */
public record AgentEvent(
        String id,
        Optional<Instant> at,
        String kind,
        Optional<String> agent,
        Optional<String> receipt,
        Optional<String> messageType,
        Optional<String> version,
        Optional<Long> millis,
        Optional<String> step,
        Optional<String> waitsFor,
        Optional<String> code,
        Optional<String> cause) {
    AgentEvent withId(String known) {
        return new AgentEvent(
                known, at, kind, agent, receipt, messageType, version, millis, step, waitsFor, code, cause);
    }
}
