package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.store.AgentName;

/**
 * What is given to a turn.
 *
 * @param agent whose turn it is
 * @param version the version that runs it
 * @param message the message as it came
 * @param begin the time of the turn, unless it waits
 * @param seed the seed of its ids
 * @param secondSeed the seed of its randomness
 * @param readOnly whether it is a query
 * @param idPrefix begins the ids of what it sends
 * @param maxBody the greatest body it may send
 * @param log what it does beside its effects; null for a query
 * @param previews takes what it shows before it ends, from any thread
 */
record TurnFrame(
        AgentName agent,
        AgentVersion version,
        Message message,
        Instant begin,
        long seed,
        long secondSeed,
        boolean readOnly,
        String idPrefix,
        long maxBody,
        @Nullable TurnLog log,
        Consumer<String> previews) {
    /** The same with the record of its steps, as for a turn that is repeated; nobody is shown anything again. */
    TurnFrame repeated(TurnLog record) {
        return new TurnFrame(
                agent, version, message, begin, seed, secondSeed, readOnly, idPrefix, maxBody, record, _ -> {});
    }

    /** What the turn takes for the present. */
    Instant now() {
        var steps = log;
        return steps == null ? begin : steps.now();
    }

    Address self() {
        return agent.address();
    }

    /** The CloudEvents source of what it sends. */
    String source() {
        return MessageNames.source(agent.tenant(), agent.address());
    }
}
