package org.openclaw.capability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

/**
 * A capability at one moment.
 *
 * @param name its name
 * @param providers who provides it; the first is called; none while all are away
 * @param limits what it bears
 * @param circuit whether it is called at all
 * @param counts what has happened since it has a facade
 * @param p50 the median of the calls that reached a provider, from their beginning to their end; empty when there was none
 * @param p99 what 99 of 100 did not exceed
 * @param waiting the calls that wait, longest first, at most 100
 */
public record CapabilityView(
        String name,
        List<Provider> providers,
        CapabilityLimits limits,
        Circuit circuit,
        Counts counts,
        Optional<Duration> p50,
        Optional<Duration> p99,
        List<Waiter> waiting) {
    public CapabilityView {
        providers = List.copyOf(providers);
        waiting = List.copyOf(waiting);
    }

    /**
     * A bundle that provides it.
     *
     * @param bundle its symbolic name
     * @param version its version
     */
    public record Provider(String bundle, String version) {}

    /** Whether a capability is called, or left alone because it failed too often. */
    public sealed interface Circuit {
        /** It is called. */
        record Closed() implements Circuit {}

        /**
         * It is not called.
         *
         * @param since when it was given up
         * @param cause how it failed the last time
         * @param retryAt when it is tried again
         */
        record Open(Instant since, String cause, Instant retryAt) implements Circuit {}

        /**
         * The next call is let through to try it, or is under way: how that ends decides.
         *
         * @param since when it was given up
         * @param cause how it failed the last time
         */
        record HalfOpen(Instant since, String cause) implements Circuit {}
    }

    /**
     * What has happened. Each number is right by itself; they are not read in one instant.
     *
     * @param calls calls that have ended, however they did
     * @param failures those that a provider failed, or took too long for
     * @param refused those that reached no provider
     * @param retries attempts beyond the first of a call
     * @param timeouts attempts that were interrupted because they took too long
     * @param running calls that are in a provider now
     * @param waiting calls that wait now
     */
    public record Counts(
            long calls, long failures, long refused, long retries, long timeouts, long running, long waiting) {}

    /** What a call waits for. */
    public enum Reason {
        /** No provider is here. */
        PROVIDER,
        /** As many calls are under way as may. */
        ROOM,
        /** As many calls have begun in this second as may. */
        RATE
    }

    /**
     * A call that waits.
     *
     * @param operation the name of the method
     * @param reason what it waits for
     * @param since when it began to wait for that
     * @param caller whose turn or query makes it; empty for others, and for a step that is taken beside others
     */
    public record Waiter(String operation, Reason reason, Instant since, Optional<Caller> caller) {}

    /**
     * An agent that calls.
     *
     * @param tenant its tenant
     * @param agent its address
     */
    public record Caller(Tenant tenant, Address agent) {}
}
