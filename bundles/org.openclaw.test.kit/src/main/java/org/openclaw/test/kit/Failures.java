package org.openclaw.test.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openclaw.agent.Agent;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;

/**
 * What agents have thrown. The status of a message tells an exception in one line; a failed assertion of the kit shows
 * where it came from.
 */
final class Failures {
    private final List<Throwable> thrown = new ArrayList<>();

    /** The agent, with what it throws remembered on its way. */
    <M, S> Agent<M, S> watched(Agent<M, S> agent) {
        return new Agent<>() {
            @Override
            public S initial(Address self) {
                return agent.initial(self);
            }

            @Override
            public S handle(M message, S state, Turn turn) throws Exception {
                try {
                    return agent.handle(message, state, turn);
                } catch (Throwable failure) { // it goes on as it came
                    thrown.add(failure);
                    throw failure;
                }
            }
        };
    }

    /** What the turn threw that ended in this status, the latest first; empty when it threw nothing. */
    Optional<Throwable> causeOf(MessageStatus.Dead dead) {
        return thrown.reversed().stream()
                .filter(failure -> failure.toString().startsWith(dead.cause()))
                .findFirst();
    }
}
