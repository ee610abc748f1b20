package org.openclaw.telemetry.health;

import java.time.Clock;
import java.time.InstantSource;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Trust;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.Severity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what has changed in the trust store, when the gate says that something has; it says so hourly, too. */
@Component(
        service = {},
        immediate = true)
public final class TrustNews {
    private static final Logger LOG = LoggerFactory.getLogger(TrustNews.class);

    private final Trust trust;
    private final Events events;
    private final InstantSource clock;
    private final AutoCloseable listener;
    private TrustSnapshot last;

    @Activate
    public TrustNews(@Reference Gate gate, @Reference Trust trust, @Reference Events events) {
        this(gate, trust, events, Clock.systemUTC());
    }

    TrustNews(Gate gate, Trust trust, Events events, InstantSource clock) {
        this.trust = trust;
        this.events = events;
        this.clock = clock;
        this.last = TrustSnapshot.of(trust);
        this.listener = gate.onPolicyChange(this::look);
    }

    private synchronized void look() {
        var now = TrustSnapshot.of(trust);
        var changes = now.changesSince(last);
        last = now;
        if (!changes.isEmpty()) {
            events.publish(new Notice(
                    clock.instant(),
                    "trust.changed",
                    "trust",
                    Severity.INFO,
                    "The trust store has changed: " + String.join("; ", changes) + "."));
        }
    }

    @Deactivate
    void close() {
        try {
            listener.close();
        } catch (Exception failed) {
            LOG.warn("The gate did not let go of the listener: {}", failed.toString());
        }
    }
}
