package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one or several commands change in the store, all together, and what is done once that is durable. Belongs to the thread of
 * the {@link Core}.
 */
final class Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);
    private static final int OVERHEAD = 32;
    private static final int MOST_COMMANDS = 4096;

    private final long mostBytes;
    private final List<Change> changes = new ArrayList<>();
    private final List<Then> thens = new ArrayList<>();
    private long bytes;
    private int commands;

    /** @param mostBytes a transaction of several commands is not larger, but for the last of them */
    Transaction(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** What happens behind a commit. */
    @FunctionalInterface
    interface Then {
        /** It is durable. */
        void committed();

        /** It is not, or nobody knows; the node takes nothing more. */
        default void failed(StoreException why) {}
    }

    void put(Key key, byte[] value) {
        changes.add(new Change.Put(key, value));
        bytes += OVERHEAD + value.length;
    }

    void remove(Key key) {
        changes.add(new Change.Remove(key));
        bytes += OVERHEAD;
    }

    void name(AgentName name, long agent) {
        changes.add(new Change.Name(name, agent));
        bytes += 2 * OVERHEAD;
    }

    void unname(AgentName name) {
        changes.add(new Change.Unname(name));
        bytes += 2 * OVERHEAD;
    }

    /** Does this once everything is durable; in the order in which it was asked for. Must be quick. */
    void then(Then next) {
        thens.add(next);
    }

    /** Answers somebody who waits, once everything is durable. */
    <T> void answer(CompletableFuture<T> asker, T answer) {
        then(new Then() {
            @Override
            public void committed() {
                asker.complete(answer);
            }

            @Override
            public void failed(StoreException why) {
                asker.completeExceptionally(why);
            }
        });
    }

    List<Change> changes() {
        return changes;
    }

    /** One more command is decided into it. */
    void add() {
        commands++;
    }

    /** How many commands were decided into it. */
    int commands() {
        return commands;
    }

    /** Whether nothing more should be decided into it. */
    boolean isFull() {
        return bytes >= mostBytes || commands >= MOST_COMMANDS;
    }

    /** Whether it changes nothing in the store. */
    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Whether it changes nothing, and nothing follows. */
    boolean isVoid() {
        return changes.isEmpty() && thens.isEmpty();
    }

    /** Runs what was to be done; what that adds is run, too. */
    void committed() {
        for (int next = 0; next < thens.size(); next++) {
            try {
                thens.get(next).committed();
            } catch (RuntimeException | Error broken) { // keeps nobody else from what follows for them
                LOG.error("What follows a commit failed; the commit stands.", broken);
            }
        }
    }

    void failed(StoreException why) {
        thens.forEach(then -> {
            try {
                then.failed(why);
            } catch (RuntimeException | Error broken) {
                LOG.error("What follows a failed commit failed.", broken);
            }
        });
    }
}
