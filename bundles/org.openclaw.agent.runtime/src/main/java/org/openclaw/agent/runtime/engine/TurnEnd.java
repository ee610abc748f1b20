package org.openclaw.agent.runtime.engine;

import java.util.List;
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
 * @param sends what it sends, ready to be stored
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
        List<Inboxes.Outgoing> sends,
        @Nullable Identity identity) {
    /** Room in the reserve that its messages take. */
    long sentBytes() {
        long bytes = 0;
        for (var send : sends) {
            bytes += send.bytes().length;
        }
        return bytes;
    }
}
