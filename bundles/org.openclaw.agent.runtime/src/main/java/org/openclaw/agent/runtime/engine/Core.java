package org.openclaw.agent.runtime.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides everything, one command behind the other, and makes it durable: the single writer of the cells and of the store.
 *
 * <p><b>Commit, then deliver.</b> Commands change what is in memory and say what has to change in the store. As many as are waiting
 * share one commit, so the load decides how many share an fsync, and nobody waits for more to come. What anybody outside can see
 * of it (an acknowledgement, a reply, the next turn) is done behind the commit. So a crash at any moment leaves what some
 * beginning of the sequence of commands has made, and nobody has seen more than that.
 *
 * <p><b>No locks.</b> At most one thread is in {@link #drain} at a time; what one leaves the next one finds. The executor decides
 * which: a thread of its own in a node, the calling thread in a test kit.
 *
 * <p><b>When the store fails</b> the memory may be ahead of the disk, and nothing more can be decided: every command from then
 * on is told so, until the node is started again and reads its store. The exception is a store that says that nothing has
 * changed and that it may be tried again, as on a full disk: then the same commit is tried until it succeeds, and meanwhile
 * the doors are closed.
 */
final class Core {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    /** A commit of several commands is not larger, but for the last of them. */
    static final long MOST_BYTES = 256L * 1024;

    private static final int MOST_COMMANDS = 4096;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final TurnStore store;
    private final Executor thread;
    private final BiConsumer<Duration, Runnable> later;
    private final ConcurrentLinkedQueue<Command> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile @Nullable StoreException failure;
    private volatile @Nullable StoreException stalled;

    /**
     * @param thread runs one task at a time, soon
     * @param later runs something after a while, on any thread
     */
    Core(TurnStore store, Executor thread, BiConsumer<Duration, Runnable> later) {
        this.store = store;
        this.thread = thread;
        this.later = later;
    }

    /** Something to decide. */
    @FunctionalInterface
    interface Command {
        void decide(Transaction into);

        /** It was not decided: the node takes nothing more. */
        default void failed(StoreException why) {}
    }

    /** Has a command decided, behind all that were submitted before by this thread. Thread-safe. */
    void submit(Command command) {
        var last = failure;
        if (last != null) {
            command.failed(last);
            return;
        }
        waiting.add(command);
        if (scheduled.compareAndSet(false, true)) {
            thread.execute(this::drain);
        }
    }

    /** Something to decide that has an answer. */
    @FunctionalInterface
    interface Question<T> {
        /** Decides, and completes {@code answer} behind the commit, mostly by {@link Transaction#answer}. */
        void decide(Transaction into, CompletableFuture<T> answer);
    }

    /** The same with an answer; fails with the {@link StoreException} when the store takes nothing. Thread-safe. */
    <T> CompletableFuture<T> ask(Question<T> question) {
        var answer = new CompletableFuture<T>();
        var full = stalled;
        if (full != null) {
            // rather than to let everybody wait until there is room
            answer.completeExceptionally(full);
            return answer;
        }
        submit(new Command() {
            @Override
            public void decide(Transaction into) {
                question.decide(into, answer);
            }

            @Override
            public void failed(StoreException why) {
                answer.completeExceptionally(why);
            }
        });
        return answer;
    }

    /** Why the node takes nothing at present; empty when it does. */
    Optional<StoreException> obstacle() {
        var last = failure;
        return Optional.ofNullable(last == null ? stalled : last);
    }

    private void drain() {
        while (true) {
            var next = new Transaction();
            collect(next);
            if (!commit(next)) {
                return;
            }
            if (waiting.isEmpty()) {
                scheduled.set(false);
                if (waiting.isEmpty() || !scheduled.compareAndSet(false, true)) {
                    return;
                }
            }
        }
    }

    private void collect(Transaction into) {
        for (int commands = 0; commands < MOST_COMMANDS && into.bytes() < MOST_BYTES; commands++) {
            var command = waiting.poll();
            if (command == null) {
                return;
            }
            var broken = failure;
            if (broken == null) {
                decide(command, into);
            } else {
                command.failed(broken);
            }
        }
    }

    private void decide(Command command, Transaction into) {
        try {
            command.decide(into);
        } catch (RuntimeException | Error broken) { // whatever it is: the memory may be wrong from here on
            LOG.error("A decision failed half-way. This node takes nothing more: start it again.", broken);
            command.failed(fail("engine.broken", broken));
        }
    }

    private StoreException fail(String code, Throwable broken) {
        var why = StoreException.failed(code, new IOException(broken.toString(), broken));
        failure = why;
        return why;
    }

    /** Takes nothing more: whoever asks from now on, or waits, is told so. */
    void close(String why) {
        submit(into -> into.then(() -> failure = StoreException.failed("node.stopping", new IOException(why))));
    }

    /** False when it has to be tried again; then {@link #drain} goes on later. */
    private boolean commit(Transaction next) {
        var broken = failure;
        try {
            if (broken != null) {
                throw broken;
            }
            if (!next.isEmpty()) {
                store.commit(next.changes());
            }
            stalled = null;
        } catch (RuntimeException | Error broke) {
            LOG.error("A commit failed in an unforeseen way. This node takes nothing more: start it again.", broke);
            next.failed(fail("engine.broken", broke));
            return true;
        } catch (StoreException failed) {
            if (broken == null && failed.mayBeTriedAgain()) {
                if (stalled == null) {
                    LOG.error(
                            "The store cannot take anything at present; the doors are closed. {}", failed.getMessage());
                }
                stalled = failed;
                later.accept(
                        AGAIN,
                        () -> thread.execute(() -> {
                            if (commit(next)) {
                                drain();
                            }
                        }));
                return false;
            }
            if (broken == null) {
                LOG.error(
                        "The store has failed. Nothing more is accepted; what was acknowledged is on the disk. Find out why,"
                                + " and start this node again.",
                        failed);
                failure = failed;
            }
            next.failed(failed);
            return true;
        }
        next.committed();
        return true;
    }
}
