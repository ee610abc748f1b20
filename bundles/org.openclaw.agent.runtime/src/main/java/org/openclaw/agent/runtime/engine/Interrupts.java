package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts handlers whose time is over: what comes of them does not count, and their agents are quarantined until their threads
 * have ended. Thread-safe.
 */
final class Interrupts {
    /** How long a handler may take to end when it is interrupted. */
    static final Duration GRACE = Duration.ofSeconds(1);
    /** How often somebody looks whether it has. */
    static final Duration SLICE = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

    private final Core core;
    private final Calls calls;
    private final Lives lives;
    private final Announcer announcer;
    private final EventRing events;

    Interrupts(Core core, Calls calls, Lives lives, Announcer announcer, EventRing events) {
        this.core = core;
        this.calls = calls;
        this.lives = lives;
        this.announcer = announcer;
        this.events = events;
    }

    /** Interrupts all that is in flight on a version, until it ends; false when some of it does not. */
    boolean awaitEnd(AgentVersion version, String why) throws InterruptedException {
        for (long slice = 0; slice < GRACE.dividedBy(SLICE); slice++) {
            calls.of(version).forEach(call -> abandon(call, why));
            if (version.leases().awaitDrained(SLICE)) {
                return true;
            }
        }
        LOG.warn(
                "{} handlers of {} did not end when they were interrupted. Their agents are quarantined until they do;"
                        + " their threads keep the classes of that version in memory.",
                version.leases().count(),
                version);
        return false;
    }

    /** Interrupts all that is in flight. */
    void abandonAll(String why) {
        calls.all().forEach(call -> abandon(call, why));
    }

    /** Interrupts those that have taken longer than their type may. */
    void endOverdue(Instant now) {
        calls.overLimit(now).forEach(this::timeOut);
    }

    private void abandon(Call call, String why) {
        if (call.giveUp(Call.Fate.ABANDONED)) {
            tell(call, why);
            stuck(call, call.version() + " was taken away, and its turn for " + call.messageType() + " does not end.");
        }
    }

    private void timeOut(Call call) {
        if (call.giveUp(Call.Fate.TIMED_OUT)) {
            tell(call, call.timeoutText());
            stuck(call, call.timeoutText() + " Its thread has not ended yet; it is tried again when it has.");
        }
    }

    private static void tell(Call call, String why) {
        LOG.warn(
                "Interrupted the handler of {} (tenant {}) for a {} on {}: {}.",
                call.agent().address(),
                call.agent().tenant(),
                call.messageType(),
                call.version(),
                why);
    }

    /** Until its thread ends, nobody else may run a turn of the agent. */
    private void stuck(Call call, String why) {
        call.job()
                .ifPresent(job -> core.submit(into -> {
                    var cell = job.cell();
                    if (cell.job().filter(job::equals).isPresent()) {
                        cell.stuck(why);
                        lives.settle(cell, into);
                        into.then(() -> {
                            announcer.quarantined(cell.name().address(), why);
                            events.add(EventKind.AGENT_QUARANTINED, cell.name(), cell.number(), why);
                        });
                    }
                }));
    }
}
