package org.openclaw.agent.runtime.capability;

import org.jspecify.annotations.Nullable;
import org.openclaw.capability.CapabilityException;

/** How a call ended, or one attempt of it. */
sealed interface Outcome {
    /** What the caller gets: the value, or what is thrown at it. */
    @Nullable
    Object get() throws Throwable;

    /** Whether another attempt may end otherwise. */
    default boolean isWorthAnother() {
        return false;
    }

    /** The provider answered. */
    record Returned(@Nullable Object value) implements Outcome {
        @Override
        public @Nullable Object get() {
            return value;
        }
    }

    /** No provider was reached: nothing has happened. */
    record Refused(CapabilityException why) implements Outcome {
        @Override
        public Object get() {
            throw why;
        }
    }

    /**
     * The provider failed.
     *
     * @param thrown what it threw, or that it took too long
     * @param blame whose fault it is
     */
    record Failed(Throwable thrown, Blame blame, boolean isWorthAnother) implements Outcome {
        @Override
        public Object get() throws Throwable {
            throw thrown;
        }

        /** The same, as the end of the call. */
        Failed last() {
            return new Failed(thrown, blame, false);
        }
    }

    /**
     * Whose fault a failure is, as far as its class tells. Everything is the provider's, so that a provider need not know of
     * retries and breakers, with the exceptions that say that it is not: the same call would fail in the same way, or the
     * provider has had no chance.
     */
    enum Blame {
        /** It failed to do what it offers. Worth another attempt, and counted by the breaker. */
        PROVIDER,
        /** It was asked for what it does not do ({@link IllegalArgumentException}): for the breaker an answer like others. */
        CALLER,
        /**
         * The caller was interrupted, or another capability that the provider needs was refused to it ({@link
         * CapabilityException}), which has limits, retries and a breaker of its own. Says nothing about the provider.
         */
        NOBODY;

        static Blame of(Throwable thrown) {
            return switch (thrown) {
                case IllegalArgumentException asked -> CALLER;
                case InterruptedException interrupted -> NOBODY;
                case CapabilityException elsewhere -> NOBODY;
                default -> Thread.currentThread().isInterrupted() ? NOBODY : PROVIDER;
            };
        }
    }
}
