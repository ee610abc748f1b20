package org.openclaw.agent.runtime.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Tenant;
import org.openclaw.store.Change;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides everything, one command behind the other, and makes it durable: the single writer of the cells and of the store.
 *
 * <p><b>Fair.</b> What waits is decided in the order of a {@link CommandQueue}.
 *
 * <p><b>Commit, then deliver.</b> Commands change what is in memory and say what has to change in the store. As many as are waiting
 * share one commit, so the load decides how many share an fsync, and nobody waits for more to come. What anybody outside can see
 * of it (an acknowledgement, a reply, the next turn) is done behind the commit. So a crash at any moment leaves what some
 * beginning of the sequence of commands has made, and nobody has seen more than that.
 *
 * <p><b>While one transaction is being committed the next one is collected.</b> So what is decided may be two transactions ahead
 * of what the store says, and {@code committed} of the first one runs when the second has been decided in part. Whoever decides
 * goes by the memory, never by what the store says of something that may have changed since; whoever acts behind a commit acts on
 * what was decided until then, not on what the memory says now.
 *
 * <p>A transaction is collected for some milliseconds, about as long as a commit takes: so what comes waits for a few of those, and
 * not until all that was there before it is decided.
 *
 * <p><b>No locks.</b> At most one thread is in {@link #drain} at a time, and at most one commits; what one leaves the next one
 * finds. The executor decides which: threads of their own in a node, the calling thread in a test kit.
 *
 * <p><b>When the store fails</b> the memory may be ahead of the disk, and nothing more can be decided: every command from then
 * on is told so, until the node is started again and reads its store. The exception is a store that says that nothing has
 * changed and that it may be tried again, as on a full disk: then the same commit is tried until it succeeds, and meanwhile
 * the doors are closed.
 */
final class Core {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** How long a transaction is collected at least, and at most, while another one is being committed. */
    private static final long LEAST_NANOS = 1_000_000;

    private static final long MOST_NANOS = 5_000_000;

    private final Disk disk;
    private final Executor thread;
    private final Surroundings.Committer committer;
    private final BiConsumer<Duration, Runnable> later;
    private final LongSupplier nanos;
    private final long mostBytes;
    private final CommandQueue waiting;
    /** Whether {@link #drain} runs, or will, or a commit whose end it waits for. */
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /** Whether it waits for the end of a commit, and for nothing else. */
    private final AtomicBoolean blocked = new AtomicBoolean();
    /** What is decided, and not given to the store yet; of the thread that drains. */
    private Transaction next;
    /** When the first command was decided into it; of the thread that drains. */
    private long nextSince;
    /** How long the last commit took, in nanoseconds. */
    private volatile long usualCommit;
    /** Whether a transaction is being committed; of the thread that drains. */
    private boolean committing;
    /** The one whose commit has ended. */
    private final AtomicReference<@Nullable Ended> ended = new AtomicReference<>();

    private volatile @Nullable StoreException failure;
    private volatile @Nullable StoreException stalled;

    /**
     * @param disk makes changes durable
     * @param thread runs one task at a time, soon
     * @param committer runs commits
     * @param later runs something after a while, on any thread
     * @param nanos a clock that goes on evenly
     * @param mostBytes a commit of several decisions is not larger, but for the last of them
     * @param shares with the weights of tenants
     */
    Core(
            Disk disk,
            Executor thread,
            Surroundings.Committer committer,
            BiConsumer<Duration, Runnable> later,
            LongSupplier nanos,
            long mostBytes,
            Shares shares) {
        this.disk = disk;
        this.thread = thread;
        this.committer = committer;
        this.later = later;
        this.nanos = nanos;
        this.mostBytes = mostBytes;
        waiting = new CommandQueue(shares);
        next = new Transaction(mostBytes);
    }

    /** What it needs of a {@link TurnStore}. */
    @FunctionalInterface
    interface Disk {
        void commit(List<Change> changes) throws StoreException;
    }

    /** A commit that has ended: well when {@code why} is null. */
    private record Ended(Transaction of, @Nullable StoreException why) {
        void tell() {
            if (why == null) {
                of.committed();
            } else {
                of.failed(why);
            }
        }
    }

    /** Something to decide. */
    @FunctionalInterface
    interface Command {
        void decide(Transaction into);

        /** It was not decided: the node takes nothing more. */
        default void failed(StoreException why) {}
    }

    /** Has a command of the node decided, behind all of those that were submitted before by this thread. Thread-safe. */
    void submit(Command command) {
        submit(CommandQueue.Line.NODE, "", command);
    }

    /** The same with one that turns of a tenant have led to. Thread-safe. */
    void submit(Tenant tenant, Command command) {
        submit(CommandQueue.Line.TURNS, tenant.name(), command);
    }

    private void submit(CommandQueue.Line line, String tenant, Command command) {
        var last = failure;
        if (last != null) {
            command.failed(last);
            return;
        }
        waiting.submit(line, tenant, command);
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

    /** A question of the node; fails with the {@link StoreException} when the store takes nothing. Thread-safe. */
    <T> CompletableFuture<T> ask(Question<T> question) {
        return ask(CommandQueue.Line.NODE, "", question);
    }

    /** The same with one that comes in for a tenant. Thread-safe. */
    <T> CompletableFuture<T> ask(Tenant tenant, Question<T> question) {
        return ask(CommandQueue.Line.DOOR, tenant.name(), question);
    }

    /** Completes once nothing waits any more, and all of it is durable. Thread-safe. */
    CompletableFuture<Boolean> quiet() {
        return ask(CommandQueue.Line.LAST, "", (into, answer) -> into.answer(answer, true));
    }

    private <T> CompletableFuture<T> ask(CommandQueue.Line line, String tenant, Question<T> question) {
        var answer = new CompletableFuture<T>();
        var full = stalled;
        if (full != null) {
            // rather than to let everybody wait until there is room
            answer.completeExceptionally(full);
            return answer;
        }
        submit(line, tenant, new Command() {
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

    /**
     * Has something decided that a turn of a tenant wants, and completes behind the commit. Unlike {@link #ask} it waits when the store
     * takes nothing at present. Thread-safe.
     */
    <T> CompletableFuture<T> tell(Tenant tenant, Function<Transaction, T> change) {
        var answer = new CompletableFuture<T>();
        submit(tenant, new Command() {
            @Override
            public void decide(Transaction into) {
                into.answer(answer, change.apply(into));
            }

            @Override
            public void failed(StoreException why) {
                answer.completeExceptionally(why);
            }
        });
        return answer;
    }

    /**
     * Looks at what is decided, and waits until that is durable. Thread-safe. Unlike a decision, a look that fails has changed
     * nothing: whoever asked for it gets what it throws, and nobody else hears of it.
     */
    <T> T look(Supplier<T> look) {
        return this.<Result<T>>ask((into, answer) -> into.answer(answer, Result.of(look)))
                .join()
                .get();
    }

    /** What a look has found, or why it has not. */
    private record Result<T>(Optional<T> found, @Nullable RuntimeException why) {
        static <T> Result<T> of(Supplier<T> look) {
            try {
                return new Result<>(Optional.of(look.get()), null);
            } catch (RuntimeException failed) {
                return new Result<>(Optional.empty(), failed);
            }
        }

        T get() {
            var failed = why;
            if (failed != null) {
                throw failed;
            }
            return found.orElseThrow();
        }
    }

    /** Why the node takes nothing at present; empty when it does. */
    Optional<StoreException> obstacle() {
        var last = failure;
        return Optional.ofNullable(last == null ? stalled : last);
    }

    private void drain() {
        while (true) {
            var over = ended.getAndSet(null);
            if (over != null) {
                committing = false;
                over.tell();
            }
            collect();
            if (!committing && !next.isVoid()) {
                var now = next;
                next = new Transaction(mostBytes);
                committing = true;
                committer.run(now.commands(), () -> commit(now));
            } else if (committing && isFull()) {
                blocked.set(true);
                if (ended.get() == null || !blocked.compareAndSet(true, false)) {
                    return;
                }
            } else if (rests()) {
                return;
            }
        }
    }

    /** Whether nothing is left to do; then somebody else schedules what comes. */
    private boolean rests() {
        scheduled.set(false);
        return (waiting.isEmpty() && ended.get() == null) || !scheduled.compareAndSet(false, true);
    }

    /** The end of a commit; by the thread that committed. */
    private void end(Transaction of, @Nullable StoreException why) {
        ended.set(new Ended(of, why));
        if (blocked.compareAndSet(true, false) || scheduled.compareAndSet(false, true)) {
            thread.execute(this::drain);
        }
    }

    /** Whether the next transaction has enough. */
    private boolean isFull() {
        return next.isFull()
                || (next.commands() > 0
                        && nanos.getAsLong() - nextSince > Math.clamp(usualCommit, LEAST_NANOS, MOST_NANOS));
    }

    private void collect() {
        if (next.isVoid()) {
            next = new Transaction(mostBytes);
        }
        while (!isFull()) {
            var into = next;
            if (into.commands() == 0) {
                nextSince = nanos.getAsLong();
            }
            var command = waiting.poll();
            if (command == null) {
                return;
            }
            var broken = failure;
            if (broken == null) {
                into.add();
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

    /** Takes nothing more once nothing waits: whoever asks from then on is told so. */
    void close(String why) {
        submit(
                CommandQueue.Line.LAST,
                "",
                into -> into.then(() -> failure = StoreException.failed("node.stopping", new IOException(why))));
    }

    private void commit(Transaction now) {
        var broken = failure;
        try {
            if (broken != null) {
                throw broken;
            }
            if (!now.isEmpty()) {
                long start = nanos.getAsLong();
                disk.commit(now.changes());
                usualCommit = nanos.getAsLong() - start;
            }
            stalled = null;
        } catch (RuntimeException | Error broke) {
            LOG.error("A commit failed in an unforeseen way. This node takes nothing more: start it again.", broke);
            end(now, fail("engine.broken", broke));
            return;
        } catch (StoreException failed) {
            if (broken == null && failed.mayBeTriedAgain()) {
                if (stalled == null) {
                    LOG.error(
                            "The store cannot take anything at present; the doors are closed. {}", failed.getMessage());
                }
                stalled = failed;
                later.accept(AGAIN, () -> thread.execute(() -> committer.run(now.commands(), () -> commit(now))));
                return;
            }
            if (broken == null) {
                LOG.error(
                        "The store has failed. Nothing more is accepted; what was acknowledged is on the disk. Find out why,"
                                + " and start this node again.",
                        failed);
                failure = failed;
            }
            end(now, failed);
            return;
        }
        end(now, null);
    }
}
