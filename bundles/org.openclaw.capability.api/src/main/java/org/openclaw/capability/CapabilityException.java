package org.openclaw.capability;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call through a facade that the runtime refused or gave up. What a provider itself throws comes through unchanged.
 *
 * <p>Only {@code capability.timeout} means that a provider was called: after every other code nothing has happened, and to
 * call again is safe. {@link #mayHaveRun} says the same without the code.
 */
public final class CapabilityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private CapabilityException(String code, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    private CapabilityException(String code, String text) {
        this(code, text, null);
    }

    /** {@code capability.unavailable}: no provider is here now, and the call did not wait for one. */
    public static CapabilityException unavailable(String capability) {
        return unavailable(capability, Duration.ZERO);
    }

    /** {@code capability.unavailable}: no provider was here, or came, while the call waited. */
    public static CapabilityException unavailable(String capability, Duration waited) {
        var when = waited.isZero() ? "is running" : "has come within " + text(waited);
        return new CapabilityException(
                "capability.unavailable",
                "No provider of the capability '" + capability + "' " + when
                        + " (expected: a bundle whose component carries @ProvidesCapability(\"" + capability
                        + "\")). Deploy one; calls go through from then on.");
    }

    /** {@code capability.busy}: as many calls wait already as may. */
    public static CapabilityException full(String capability, int waiting) {
        return new CapabilityException(
                "capability.busy",
                "The capability '" + capability + "' is busy: other calls wait for it (expected: at most " + waiting
                        + "). Call again later, or raise 'queue' or 'concurrent' of the capability.");
    }

    /** {@code capability.busy}: the calls under way left no room while this one waited. */
    public static CapabilityException busy(String capability, int concurrent, Duration waited) {
        return new CapabilityException(
                "capability.busy",
                "The capability '" + capability + "' is busy: as many calls are under way as may (expected: fewer than "
                        + concurrent + " within " + text(waited)
                        + "). Call again later, or raise 'concurrent' or 'wait.millis' of the capability.");
    }

    /** {@code capability.rate}: the rate left no place within the time that a call may wait. */
    public static CapabilityException rate(String capability, int perSecond, Duration within) {
        return new CapabilityException(
                "capability.rate",
                "The capability '" + capability + "' is called too often (expected: at most " + perSecond
                        + " calls a second, and a place within " + text(within)
                        + "). Call again later, or raise 'per.second' or 'wait.millis' of the capability.");
    }

    /**
     * {@code capability.open}: it failed too often lately, and is left alone for a while.
     *
     * @param since when it was given up
     * @param cause how it failed the last time
     * @param retryAt when a call is let through again, to try it; one at a time from then on
     */
    public static CapabilityException open(String capability, Instant since, String cause, Instant retryAt) {
        return new CapabilityException(
                "capability.open",
                "The capability '" + capability + "' is not called since " + since
                        + ": it failed too often, the last time by: "
                        + cause + " (expected: a provider that answers). It is tried again at " + retryAt
                        + ", one call at a time. Mend or replace its provider.");
    }

    /**
     * {@code capability.timeout}: the provider was called, did not end in time and was interrupted. What it did until then
     * stays done.
     *
     * @param provider its bundle, with the version
     * @param cause what it threw when it was interrupted; null when it returned
     */
    public static CapabilityException timeout(
            String capability, String provider, Duration limit, @Nullable Throwable cause) {
        return new CapabilityException(
                "capability.timeout",
                "The capability '" + capability + "' of " + provider + " did not end in time (expected: within "
                        + text(limit)
                        + ") and was interrupted. Look at what it waits for, or raise 'timeout.millis' of the capability.",
                cause);
    }

    /** {@code capability.interrupted}: the caller was interrupted while it waited. */
    public static CapabilityException interrupted(String capability, InterruptedException cause) {
        return new CapabilityException(
                "capability.interrupted",
                "A call of the capability '" + capability
                        + "' was interrupted while it waited: its caller has been given up. Nothing was called.",
                cause);
    }

    private static String text(Duration time) {
        return time.toMillis() + " ms";
    }

    /** A stable code. */
    public String code() {
        return code;
    }

    /** Whether a provider may have done something. False: nothing has happened, and to call again is safe. */
    public boolean mayHaveRun() {
        return code.equals("capability.timeout");
    }
}
