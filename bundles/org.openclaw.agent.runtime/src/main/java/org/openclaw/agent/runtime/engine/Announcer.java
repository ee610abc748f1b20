package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Address;
import org.openclaw.message.Topic;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Severity;

/**
 * Tells what happens to agents and their types. What can happen to a hundred thousand agents at once is told one by one only
 * {@value #ONE_BY_ONE} times in a while; the rest is counted, and the count is told when the while is over. Thread-safe.
 */
final class Announcer {
    private static final int ONE_BY_ONE = 5;
    private static final Duration WHILE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Consumer<RuntimeEvent> events;
    private final Flood created = new Flood("agent.created", Severity.INFO, "agents were created");
    private final Flood suspended = new Flood("agent.suspended", Severity.INFO, "agents were suspended");
    private final Flood resumed = new Flood("agent.resumed", Severity.INFO, "agents were resumed");
    private final Flood retired = new Flood("agent.retired", Severity.INFO, "agents were retired");
    private final Flood draining = new Flood("agent.draining", Severity.INFO, "agents are being retired");
    private final Flood purged = new Flood("agent.purged", Severity.INFO, "agents were purged");
    private final Flood quarantined = new Flood("agent.quarantined", Severity.ERROR, "agents were quarantined");
    private final Flood spinning = new Flood("handler.spinning", Severity.WARNING, "handlers held a processor");
    private final Flood failed = new Flood("turn.failed", Severity.WARNING, "turns failed");
    private final Flood held = new Flood("subscription.held", Severity.WARNING, "subscriptions were held up");
    private final List<Flood> floods =
            List.of(created, suspended, resumed, draining, retired, purged, quarantined, spinning, failed, held);

    /** @param events must be quick and must not throw */
    Announcer(InstantSource clock, Consumer<RuntimeEvent> events) {
        this.clock = clock;
        this.events = events;
    }

    /** An operator has created an agent. Those that begin with a message are no news: there may be many of them. */
    void created(Address agent) {
        tell(created, agent, agent + " was created.");
    }

    void suspended(Address agent) {
        tell(suspended, agent, agent + " was suspended: its messages wait.");
    }

    void resumed(Address agent) {
        tell(resumed, agent, agent + " was resumed.");
    }

    /** An agent is gone for good. */
    void retired(Address agent) {
        tell(retired, agent, agent + " was retired.");
    }

    void quarantined(Address agent, String why) {
        tell(quarantined, agent, agent + " is quarantined: " + why);
    }

    /** A turn has failed. */
    void failed(Address agent, String messageType, AgentVersion version, String cause, String then) {
        tell(
                failed,
                agent,
                "A turn of " + agent + " for a " + messageType + " on " + version + " failed: "
                        + Handling.sentence(cause) + " " + then);
    }

    /** An agent goes on after its quarantine. */
    void released(Address agent) {
        tell(resumed, agent, agent + " was released from quarantine.");
    }

    /** What was left of a retired agent is gone, too. */
    void purged(Address agent) {
        tell(purged, agent, agent + " was purged.");
    }

    /** An agent is about to be retired. */
    void draining(Address agent) {
        tell(draining, agent, agent + " is being retired: it accepts nothing more and handles what waits.");
    }

    /** A handler computes without giving its processor back. */
    void spinning(Address agent, String messageType, AgentVersion version) {
        tell(
                spinning,
                agent,
                "A turn of " + agent + " for a " + messageType + " on " + version
                        + " holds a processor without a pause; others go on beside it.");
    }

    /** An operator has suspended a type, or let it go on. */
    void typeSuspended(String type, boolean now) {
        var text = now
                ? "The agent type '" + type + "' was suspended: its agents begin no turn."
                : "The agent type '" + type + "' was resumed.";
        events.accept(new Notice(clock.instant(), now ? "type.suspended" : "type.resumed", type, Severity.INFO, text));
    }

    /** A subscription takes nothing any more. */
    void subscriptionEnded(Topic topic, String name, String why) {
        var text = "The subscription '" + name + "' to the topic '" + topic + "' has ended: " + why;
        events.accept(new Notice(
                clock.instant(), "subscription.ended", topic + "/" + name, Severity.WARNING, Handling.sentence(text)));
    }

    /** Something keeps a subscription from taking what was published. */
    void subscriptionHeld(Topic topic, String name, String why) {
        tell(
                held,
                topic + "/" + name,
                "The subscription '" + name + "' to the topic '" + topic + "' is held up: " + Handling.sentence(why));
    }

    /** The store takes nothing. */
    void stalled(String why) {
        events.accept(new Notice(clock.instant(), "store.failed", "store", Severity.ERROR, why));
    }

    private void tell(Flood flood, Address subject, String text) {
        tell(flood, subject.toString(), text);
    }

    private void tell(Flood flood, String subject, String text) {
        var now = clock.instant();
        flood.rest(now).ifPresent(events);
        if (flood.mayTell(subject, now)) {
            events.accept(new Notice(now, flood.kind, subject, flood.severity, text));
        }
    }

    /** A version of a type has taken over. */
    void serving(String type, String version) {
        var text = "Version " + version + " of the agent type '" + type + "' serves.";
        events.accept(new Notice(clock.instant(), "type.serving", type, Severity.INFO, text));
    }

    /** The last version of a type is gone. */
    void stranded(String type, String text) {
        events.accept(new Notice(clock.instant(), "type.stranded", type, Severity.WARNING, text));
    }

    /** Tells the counts whose while is over; to be called about once a second. */
    void sweep() {
        var now = clock.instant();
        floods.forEach(flood -> flood.rest(now).ifPresent(events));
    }

    /** What has been told of a kind since its while began, and what has not. */
    private static final class Flood {
        private final String kind;
        private final Severity severity;
        private final String plural;
        private Instant since = Instant.EPOCH;
        private String last = "";
        private int told;
        private long untold;

        Flood(String kind, Severity severity, String plural) {
            this.kind = kind;
            this.severity = severity;
            this.plural = plural;
        }

        synchronized boolean mayTell(String subject, Instant now) {
            if (told == ONE_BY_ONE) {
                untold++;
                last = subject;
                return false;
            }
            if (told == 0) {
                since = now;
            }
            told++;
            return true;
        }

        /** What is left to tell when the while is over. */
        synchronized Optional<RuntimeEvent> rest(Instant now) {
            if (told == 0 || Duration.between(since, now).abs().compareTo(WHILE) < 0) {
                return Optional.empty();
            }
            long rest = untold;
            told = 0;
            untold = 0;
            var text = String.format(
                    Locale.ROOT, "%,d more %s within %d s, the last: %s.", rest, plural, WHILE.toSeconds(), last);
            return rest == 0 ? Optional.empty() : Optional.of(new Notice(now, kind, last, severity, text));
        }
    }
}
