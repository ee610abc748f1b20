package org.openclaw.agent.runtime.capability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openclaw.capability.CapabilityLimits;
import org.openclaw.capability.CapabilityView;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.Severity;

/**
 * What all facades of one capability name share: limits, who waits, and what became of the calls. There is one facade as a rule,
 * and one for each interface where providers offer the name under several. Thread-safe.
 */
final class Guard {
    private static final int SHOWN = 100;

    private final String name;
    private final Instruments instruments;
    private final Room room = new Room();
    private final Waiters waiters = new Waiters();
    private final CallLog log = new CallLog();
    private final List<Facade> facades = new CopyOnWriteArrayList<>();
    private volatile Protection protection;

    Guard(String name, Instruments instruments, CapabilityLimits limits) {
        this.name = name;
        this.instruments = instruments;
        this.protection = protection(limits);
        room.resize(limits.concurrent());
    }

    /** These limits hold for every call that begins from now on; calls under way end under those they began with. */
    synchronized void limit(CapabilityLimits limits) {
        if (!limits.equals(protection.limits())) {
            protection = protection(limits);
            room.resize(limits.concurrent());
        }
    }

    private Protection protection(CapabilityLimits limits) {
        return Protection.of(limits, new Breaker(name, limits, instruments.clock(), this::opened, this::closed));
    }

    private void opened(String cause) {
        tell(
                "capability.opened",
                Severity.WARNING,
                "The capability '" + name + "' failed too often, the last time by: " + cause
                        + ". It is left alone for a while; 'claw capabilities show " + name + "' says for how long.");
    }

    private void closed() {
        tell("capability.closed", Severity.INFO, "The capability '" + name + "' answers, and is called again.");
    }

    private void tell(String kind, Severity severity, String text) {
        instruments.events().accept(new Notice(instruments.clock().instant(), kind, name, severity, text));
    }

    String name() {
        return name;
    }

    Protection protection() {
        return protection;
    }

    Room room() {
        return room;
    }

    Waiters waiters() {
        return waiters;
    }

    CallLog log() {
        return log;
    }

    List<Facade> facades() {
        return facades;
    }

    CapabilityView view() {
        var now = protection;
        return new CapabilityView(
                name,
                facades.stream()
                        .flatMap(facade -> facade.providers().all().stream())
                        .map(Provider::view)
                        .toList(),
                now.limits(),
                now.breaker().view(),
                log.counts(waiters.count()),
                log.percentile(0.5),
                log.percentile(0.99),
                waiters.longest(SHOWN, instruments.callers()));
    }

    Instant now() {
        return instruments.clock().instant();
    }

    long nanos() {
        return instruments.nanos().getAsLong();
    }

    static Duration duration(long nanos) {
        return nanos == 0 ? Duration.ZERO : Duration.ofNanos(nanos);
    }
}
