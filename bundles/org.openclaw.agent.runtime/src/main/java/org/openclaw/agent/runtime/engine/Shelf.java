package org.openclaw.agent.runtime.engine;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.openclaw.message.Message;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;

/**
 * Reads what the engine keeps in the store, as what it is. Every method may be called by any thread, sees what is committed, and
 * throws {@link UncheckedIOException} with a {@link StoreException} when the store cannot be read.
 */
final class Shelf {
    /** How many entries are read at a time. */
    static final int PAGE = 10_000;

    private final TurnStore store;

    Shelf(TurnStore store) {
        this.store = store;
    }

    /** Something that reads. */
    private interface Reading<T> {
        T read() throws StoreException;
    }

    private static <T> T guarded(Reading<T> reading) {
        try {
            return reading.read();
        } catch (StoreException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Optional<byte[]> get(Key key) {
        return guarded(() -> store.get(key));
    }

    /** The number of an agent; negative (the complement) when it is retired, 0 when there is none of that name. */
    long number(AgentName name) {
        return guarded(() -> store.agent(name)).orElse(0);
    }

    Optional<AgentRecord> agent(long number) {
        return get(Key.agent(number)).map(AgentRecord::read);
    }

    Optional<Envelope> message(long agent, long number) {
        var key = Key.inbox(agent, number);
        return get(key).flatMap(bytes -> Envelope.read(bytes, this::referred).or(() -> vanished(key)));
    }

    private Optional<Message> referred(Envelope.Reference reference) {
        return publication(reference.topic(), reference.sequence()).map(PublicationRecord::message);
    }

    /** What a message refers to may go as soon as that has gone itself, between two looks. */
    private Optional<Envelope> vanished(Key key) {
        if (get(key).isPresent()) {
            throw new IllegalStateException("what message " + key.second() + " refers to is not stored (expected: it is"
                    + " kept as long as a message refers to it). The store is not whole: restore a checkpoint.");
        }
        return Optional.empty();
    }

    /** What is said of a message that waits, without what was published. */
    Optional<Envelope.Glance> glance(long agent, long number) {
        return get(Key.inbox(agent, number)).map(Envelope::glance);
    }

    Optional<byte[]> publicationBytes(long topic, long sequence) {
        return get(PublicationRecord.key(topic, sequence));
    }

    Optional<PublicationRecord> publication(long topic, long sequence) {
        return publicationBytes(topic, sequence).map(PublicationRecord::read);
    }

    Optional<Outcome> outcome(long agent, long number) {
        return get(new Key(Kind.OUTCOME, number, agent)).map(Outcome::read);
    }

    Optional<DeadRecord> dead(long agent, long number) {
        return get(new Key(Kind.DEAD, number, agent)).map(DeadRecord::read);
    }

    Optional<TimerRecord> timer(long due, long number) {
        return get(new Key(Kind.TIMER, due, number)).map(TimerRecord::read);
    }

    Optional<StepRecord> step(long message, int ordinal) {
        return get(new Key(Kind.STEP, message, ordinal)).map(StepRecord::read);
    }

    /** Whose a large result is; empty when there is none of this number. */
    Optional<Blob.Owner> owner(long blob) {
        return get(Blob.owner(blob)).map(Blob.Owner::read);
    }

    Optional<byte[]> part(long blob, int index) {
        return get(Blob.part(blob, index)).map(Blob::readPart);
    }

    Optional<byte[]> node(NodeEntry what, long which) {
        return get(new Key(Kind.NODE, what.code(), which));
    }

    /** A page of entries from a key on; the next one begins behind the last key. */
    List<TurnStore.Entry> page(Key from, int limit) {
        return guarded(() -> store.scan(from, Key.end(from.kind()), limit));
    }

    /** The same without the values. */
    List<TurnStore.Listed> keys(Key from, int limit) {
        return guarded(() -> store.list(from, Key.end(from.kind()), limit));
    }

    List<TurnStore.Named> names(AgentName behind, int limit) {
        return guarded(() -> store.names(behind, limit));
    }

    /** The least key behind another. */
    static Key behind(Key key) {
        return key.second() == -1
                ? new Key(key.kind(), key.first() + 1, 0)
                : new Key(key.kind(), key.first(), key.second() + 1);
    }
}
