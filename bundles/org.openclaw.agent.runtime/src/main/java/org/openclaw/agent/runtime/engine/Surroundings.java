package org.openclaw.agent.runtime.engine;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.message.TrackedMessage;
import org.openclaw.store.TurnStore;
import org.openclaw.telemetry.RuntimeEvent;

/**
 * What an engine needs of the world.
 *
 * @param store keeps everything; whoever owns the engine closes it, after the engine
 * @param core runs what the engine decides: one task at a time, in order, soon
 * @param committer writes what is decided to the store
 * @param clock the wall clock
 * @param nanos a clock that only goes forward, in nanoseconds
 * @param threads runs turns and queries
 * @param alarms what is to be done later; whoever owns the engine fires them
 * @param seeds randomness: for ids, and to seed each turn; thread-safe
 * @param elsewhere where messages go that agents send to types which were never here
 * @param observer sees every message that is set aside, and what turns show
 * @param events hears what happens to agents and their types; must be quick and must not throw
 */
public record Surroundings(
        TurnStore store,
        Executor core,
        Committer committer,
        InstantSource clock,
        LongSupplier nanos,
        Threads threads,
        Alarms alarms,
        LongSupplier seeds,
        Elsewhere elsewhere,
        Observer observer,
        Consumer<RuntimeEvent> events) {
    /** Runs commits, one behind the other. */
    @FunctionalInterface
    public interface Committer {
        /**
         * Runs a commit, before it returns or later.
         *
         * @param commands how many decisions share it
         */
        void run(int commands, Runnable commit);
    }

    /** Runs turns, queries and steps, soon, each on a thread that may block. */
    @FunctionalInterface
    public interface Threads {
        void run(String name, Runnable work);

        /** Waits, on such a thread. */
        default <T extends @Nullable Object> T await(CompletableFuture<T> answer)
                throws InterruptedException, ExecutionException {
            return answer.get();
        }
    }

    /** Sees what no store keeps. Must be quick and must not throw. */
    @FunctionalInterface
    public interface Observer {
        /** A message was set aside, from outside or one that an agent or a timer sent. */
        void died(Tenant tenant, TrackedMessage message);

        /** A turn has shown a piece before its end; from any thread. */
        default void previewed(Tenant tenant, Address agent, ReceiptId receipt, int attempt, String text) {}
    }

    /** Takes messages to agent types that were never here. */
    @FunctionalInterface
    public interface Elsewhere {
        /**
         * Whether it has taken the message; otherwise it waits here for the type.
         *
         * @param reply takes the reply, from any thread; empty when none is wanted
         */
        boolean takes(Tenant tenant, Address to, Message message, Optional<Consumer<Message>> reply);
    }
}
