package org.openclaw.bench.peers.pekko;

import java.util.Arrays;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * A persistent entity: each command persists its body as one event, changes the state and is answered once the event is in the
 * database. The event is bytes, which Pekko stores as they are: no codec is paid.
 */
final class Entity extends EventSourcedBehavior<Entity.Command, byte[], byte[]> {
    /** How large the state is; it lives in memory alone, as Pekko keeps it. */
    static final int STATE_BYTES = 200;

    /**
     * Persist this.
     *
     * @param number of the entity, which the answer repeats
     * @param sentNanos when it was sent, which the answer repeats
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares commands, and a copy would be charged to Pekko
    record Command(byte[] event, int number, long sentNanos, ActorRef<Client.Message> replyTo) {}

    Entity(int number) {
        super(PersistenceId.ofUniqueId("entity-" + number));
    }

    @Override
    public byte[] emptyState() {
        return new byte[STATE_BYTES];
    }

    @Override
    public CommandHandler<Command, byte[], byte[]> commandHandler() {
        return (state, command) -> Effect()
                .persist(command.event())
                .thenRun(() -> command.replyTo().tell(new Client.Persisted(command.number(), command.sentNanos())));
    }

    @Override
    public EventHandler<byte[], byte[]> eventHandler() {
        return (state, event) -> {
            var next = Arrays.copyOf(event, STATE_BYTES);
            next[0] = (byte) (state[0] + 1);
            return next;
        };
    }
}
