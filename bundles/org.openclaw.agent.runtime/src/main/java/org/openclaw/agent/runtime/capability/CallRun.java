package org.openclaw.agent.runtime.capability;

import dev.failsafe.FailsafeException;
import dev.failsafe.RateLimiter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityException;
import org.openclaw.capability.CapabilityLimits;
import org.openclaw.capability.CapabilityView.Reason;

/**
 * One call on its way: takes it through the limits to a provider, again where that may help, and records how it ended. Belongs
 * to its thread, which makes every attempt itself.
 *
 * <p>The order of an attempt: a breaker that is open refuses at once; then the call waits for a provider, because nobody
 * should take room or a place in the rate from a provider that is away; then for room; then for its place in the rate; and only
 * then it chooses a provider, which a call that only waits must not keep from going. Once a provider has failed, a
 * refusal of the next attempt is not told: the caller must hear that something may have happened.
 */
final class CallRun {
    private static final int CAUSE_LENGTH = 300;

    private final Guard guard;
    private final Providers providers;
    private final TimeLimits times;
    private final Method method;
    private final @Nullable Object @Nullable [] arguments;
    private final Protection protection;
    private final CapabilityLimits limits;
    private long waited;
    private int attempts;
    private Optional<Provider> last = Optional.empty();
    private Optional<Outcome.Failed> failure = Optional.empty();

    CallRun(
            Guard guard,
            Providers providers,
            TimeLimits times,
            Method method,
            @Nullable Object @Nullable [] arguments) {
        this.guard = guard;
        this.providers = providers;
        this.times = times;
        this.method = method;
        this.arguments = arguments;
        this.protection = guard.protection();
        this.limits = protection.limits();
    }

    /** Where a wait ends that has a bound. */
    @FunctionalInterface
    private interface Wait {
        /** False when the time was over first. */
        boolean atMost(long nanos) throws InterruptedException;
    }

    Outcome run() {
        var startedAt = guard.now();
        long began = guard.nanos();
        var outcome = protection.retries().isEmpty() ? attempt() : attempts();
        guard.log().add(record(startedAt, guard.nanos() - began, outcome), outcome);
        return outcome;
    }

    private Outcome attempts() {
        try {
            return protection.retries().orElseThrow().get(this::attempt);
        } catch (FailsafeException interrupted) {
            // between two attempts; the thread is still marked as interrupted
            return failure.orElseThrow();
        }
    }

    private Outcome attempt() {
        Provider provider;
        try {
            provider = enter();
        } catch (CapabilityException refused) {
            return failure.<Outcome>map(Outcome.Failed::last).orElseGet(() -> new Outcome.Refused(refused));
        }
        attempts++;
        last = Optional.of(provider);
        var outcome = call(provider);
        switch (outcome) {
            case Outcome.Returned _ -> protection.breaker().succeeded();
            case Outcome.Refused _ -> {}
            case Outcome.Failed failed -> {
                failure = Optional.of(failed);
                switch (failed.blame()) {
                    case PROVIDER -> protection.breaker().failed(text(failed.thrown()));
                    case CALLER -> protection.breaker().succeeded();
                    case NOBODY -> protection.breaker().unknown();
                }
            }
        }
        return outcome;
    }

    /** Takes a place and a lease, in this order; {@link #call} gives them back. */
    private Provider enter() {
        var shut = protection.breaker().refusal();
        if (shut.isPresent()) {
            throw shut.get();
        }
        long until = guard.nanos() + limits.patience().toNanos();
        awaitProvider(until);
        if (!guard.room().tryEnter()) {
            await(Reason.ROOM, until, guard.room()::enter);
        }
        boolean entered = false;
        try {
            protection.rate().ifPresent(rate -> awaitPlace(rate, until));
            var provider = lease(until);
            var refused = protection.breaker().acquire();
            if (refused.isPresent()) {
                provider.leases().release();
                throw refused.get();
            }
            entered = true;
            return provider;
        } finally {
            if (!entered) {
                guard.room().leave();
            }
        }
    }

    /** The provider may have gone again while the call waited for something else. */
    private Provider lease(long until) {
        while (true) {
            var lease = providers.lease();
            if (lease.isPresent()) {
                return lease.get();
            }
            awaitProvider(until);
        }
    }

    private void awaitProvider(long until) {
        if (providers.isEmpty()) {
            await(Reason.PROVIDER, until, providers::await);
        }
    }

    private void awaitPlace(RateLimiter<Object> rate, long until) {
        if (!rate.tryAcquirePermit()) {
            await(Reason.RATE, until, nanos -> rate.tryAcquirePermit(Duration.ofNanos(nanos)));
        }
    }

    private void await(Reason reason, long until, Wait wait) {
        long began = guard.nanos();
        long left = until - began;
        if (left <= 0) {
            throw refusal(reason, 0);
        }
        var waiter = guard.waiters()
                .began(method.getName(), reason, guard.now(), limits.queue())
                .orElseThrow(() -> reason == Reason.PROVIDER
                        ? CapabilityException.unavailable(guard.name())
                        : CapabilityException.full(guard.name(), limits.queue()));
        try {
            if (!wait.atMost(left)) {
                throw refusal(reason, guard.nanos() - began);
            }
        } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
            throw CapabilityException.interrupted(guard.name(), given);
        } finally {
            guard.waiters().ended(waiter);
            waited += guard.nanos() - began;
        }
    }

    private CapabilityException refusal(Reason reason, long nanos) {
        return switch (reason) {
            // where none is expected it did not wait for as long as it may
            case PROVIDER -> CapabilityException.unavailable(guard.name(), Duration.ofNanos(nanos));
            case ROOM -> CapabilityException.busy(guard.name(), limits.concurrent(), limits.patience());
            case RATE -> CapabilityException.rate(guard.name(), limits.perSecond(), limits.patience());
        };
    }

    private Outcome call(Provider provider) {
        guard.log().entered();
        boolean late = false;
        try {
            if (limits.timeout().isZero()) {
                return invoke(provider);
            }
            var limit = times.begin(limits.timeout());
            var outcome = invoke(provider);
            late = limit.end();
            return late ? timedOut(provider, outcome) : outcome;
        } finally {
            guard.log().left(late);
            provider.leases().release();
            guard.room().leave();
        }
    }

    private Outcome invoke(Provider provider) {
        try {
            return new Outcome.Returned(method.invoke(provider.service(), arguments));
        } catch (InvocationTargetException thrown) {
            return failed(thrown.getTargetException());
        } catch (IllegalAccessException | RuntimeException | Error unreachable) {
            return failed(unreachable);
        }
    }

    private static Outcome.Failed failed(Throwable thrown) {
        var blame = Outcome.Blame.of(thrown);
        return new Outcome.Failed(thrown, blame, blame == Outcome.Blame.PROVIDER);
    }

    /** Also when it returned after all: what an interrupted provider returns may be half of it. */
    private Outcome timedOut(Provider provider, Outcome outcome) {
        var thrown = outcome instanceof Outcome.Failed failed ? failed.thrown() : null;
        var told = CapabilityException.timeout(guard.name(), provider.toString(), limits.timeout(), thrown);
        return new Outcome.Failed(
                told, Outcome.Blame.PROVIDER, !Thread.currentThread().isInterrupted());
    }

    private CapabilityCall record(Instant startedAt, long took, Outcome outcome) {
        Optional<Throwable> thrown = switch (outcome) {
            case Outcome.Returned _ -> Optional.empty();
            case Outcome.Refused refused -> Optional.of(refused.why());
            case Outcome.Failed failed -> Optional.of(failed.thrown());
        };
        return new CapabilityCall(
                method.getName(),
                last.flatMap(Provider::name),
                last.flatMap(Provider::version),
                startedAt,
                Guard.duration(took),
                Guard.duration(waited),
                attempts,
                thrown.map(CallRun::code),
                thrown.map(CallRun::text));
    }

    private static String code(Throwable thrown) {
        return thrown instanceof CapabilityException told
                ? told.code()
                : thrown.getClass().getName();
    }

    private static String text(Throwable thrown) {
        String text;
        try {
            text = String.valueOf(thrown.getMessage());
        } catch (RuntimeException broken) { // it is a plugin's class
            text = "its message cannot be read";
        }
        return text.length() > CAUSE_LENGTH ? text.substring(0, CAUSE_LENGTH) + "..." : text;
    }
}
