package org.openclaw.agent.runtime.capability;

import java.time.Duration;
import org.openclaw.capability.CapabilityLimits;

/** Limits in the making: those that hold unless configured, with some changed. */
record Limits(CapabilityLimits made) {
    /** A bound for what takes place at once unless something is broken. */
    static final Duration LONG = Duration.ofSeconds(60);

    static final Duration SHORT = Duration.ofMillis(10);

    static Limits of(String name) {
        var usual = Guards.USUAL;
        return new Limits(new CapabilityLimits(
                name,
                usual.concurrent(),
                usual.perSecond(),
                usual.queue(),
                LONG,
                usual.timeout(),
                usual.attempts(),
                Duration.ofMillis(1),
                usual.failures(),
                usual.calls(),
                usual.open()));
    }

    private Limits with(int concurrent, int perSecond, int queue, Duration wait, Duration timeout, int attempts) {
        return new Limits(new CapabilityLimits(
                made.rule(),
                concurrent,
                perSecond,
                queue,
                wait,
                timeout,
                attempts,
                made.pause(),
                made.failures(),
                made.calls(),
                made.open()));
    }

    Limits concurrent(int concurrent) {
        return with(concurrent, made.perSecond(), made.queue(), made.patience(), made.timeout(), made.attempts());
    }

    Limits perSecond(int perSecond) {
        return with(made.concurrent(), perSecond, made.queue(), made.patience(), made.timeout(), made.attempts());
    }

    Limits queue(int queue) {
        return with(made.concurrent(), made.perSecond(), queue, made.patience(), made.timeout(), made.attempts());
    }

    Limits waiting(Duration wait) {
        return with(made.concurrent(), made.perSecond(), made.queue(), wait, made.timeout(), made.attempts());
    }

    Limits timeout(Duration timeout) {
        return with(made.concurrent(), made.perSecond(), made.queue(), made.patience(), timeout, made.attempts());
    }

    Limits attempts(int attempts) {
        return with(made.concurrent(), made.perSecond(), made.queue(), made.patience(), made.timeout(), attempts);
    }

    Limits breaker(int failures, int calls, Duration open) {
        return new Limits(new CapabilityLimits(
                made.rule(),
                made.concurrent(),
                made.perSecond(),
                made.queue(),
                made.patience(),
                made.timeout(),
                made.attempts(),
                made.pause(),
                failures,
                calls,
                open));
    }
}
