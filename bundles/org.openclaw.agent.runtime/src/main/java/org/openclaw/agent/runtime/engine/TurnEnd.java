package org.openclaw.agent.runtime.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.AgentVersion;

/**
 * How a turn has ended on its thread, for the core to decide what becomes of it.
 *
 * @param record what was known of the agent when it began
 * @param version that ran it
 * @param seen what its type said of its changes before it began
 * @param at when it ended, microseconds since 1970
 * @param nanos how long it took
 * @param result what came of the handler
 * @param anew the steps that are to be taken anew if it has failed
 * @param sends what it sends, ready to be stored; of one that is suspended, what it asks, in order
 * @param topics what it does to topics, ready to be stored
 * @param keptBytes what its state, its timers, its reply and what it publishes take
 * @param next what its agent becomes, ready to be stored; empty when the core has to make that up
 * @param identity of its message; null unless it came through the door
 */
record TurnEnd(
        Job job,
        Envelope envelope,
        AgentRecord record,
        AgentVersion version,
        long seen,
        long at,
        long nanos,
        Handling.Result result,
        List<Integer> anew,
        List<Inboxes.Outgoing> sends,
        List<TopicChange> topics,
        long keptBytes,
        Optional<Next> next,
        @Nullable Identity identity) {
    /**
     * What an agent becomes.
     *
     * @param bytes of the record
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Next(AgentRecord record, byte[] bytes) {}

    /** Room in the reserve that its messages take. */
    long sentBytes() {
        long bytes = 0;
        for (var send : sends) {
            bytes += send.bytes().length;
        }
        return bytes;
    }
}
