package org.openclaw.agent;

import org.openclaw.message.Address;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The behaviour of an agent type. One component serves all agents of the type, so it keeps no fields but what was
 * injected; what an agent remembers is its state.
 *
 * <p>The runtime calls {@link #handle} for one message of an agent at a time, for different agents at the same time, each
 * on a virtual thread of its own: blocking is fine. Between two turns the state may be written out and read again, by
 * another version of the type.
 *
 * @param <M> the messages: a sealed interface of records, or one record
 * @param <S> the state: an immutable record
 */
@ConsumerType
public interface Agent<M, S> {
    /** The state of an agent before its first message. Must depend on nothing but the address. */
    S initial(Address self);

    /**
     * Handles one message: the turn. Its effects (the returned state, messages sent, the reply, timers) take place
     * together when it returns, and not at all when it throws.
     *
     * <p>A record that is a {@link Query} runs against the last committed state, possibly beside a turn; what it returns
     * is dropped, and every method of {@code turn} that has an effect other than a reply throws.
     *
     * @return the state after this message
     * @throws Exception fails the turn; the message is set aside with this cause
     */
    S handle(M message, S state, Turn turn) throws Exception;
}
