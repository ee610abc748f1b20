package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Address;
import org.openclaw.message.Message;

/**
 * What is given to a turn.
 *
 * @param self the agent
 * @param version the version that runs it
 * @param message the message as it came
 * @param now the time of the turn
 * @param seed the seed of its ids
 * @param secondSeed the seed of its randomness
 * @param readOnly whether it is a query
 * @param source the CloudEvents source of what it sends
 * @param idPrefix begins the ids of what it sends
 * @param maxBody the greatest body it may send
 */
record TurnFrame(
        Address self,
        AgentVersion version,
        Message message,
        Instant now,
        long seed,
        long secondSeed,
        boolean readOnly,
        String source,
        String idPrefix,
        long maxBody) {}
