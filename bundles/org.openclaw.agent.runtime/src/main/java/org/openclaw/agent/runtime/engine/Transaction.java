package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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

    private final List<Change> changes = new ArrayList<>();
    private final List<Then> thens = new ArrayList<>();
    private long bytes;

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

    /** Answers somebody who waits, once everything is durable; the answer is made up then. */
    <T> void answer(CompletableFuture<T> asker, Supplier<T> answer) {
        then(new Then() {
            @Override
            public void committed() {
                asker.complete(answer.get());
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

    /** About how many bytes it takes in the store. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Runs what was to be done; what that adds is run, too. */
    void committed() {
        for (int next = 0; next < thens.size(); next++) {
            guarded(thens.get(next)::committed);
        }
    }

    void failed(StoreException why) {
        thens.forEach(then -> guarded(() -> then.failed(why)));
    }

    /** One who hangs something on an outcome that throws keeps nobody else from theirs. */
    private static void guarded(Runnable next) {
        try {
            next.run();
        } catch (RuntimeException | Error broken) {
            LOG.error("What follows a commit failed; the commit stands.", broken);
        }
    }
}
