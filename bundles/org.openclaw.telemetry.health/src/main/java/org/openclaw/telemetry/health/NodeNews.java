package org.openclaw.telemetry.health;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.Severity;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells when the node has started, and when it begins to stop. */
@Component(
        service = {},
        immediate = true)
public final class NodeNews {
    private final BundleContext context;
    private final Events events;
    private final InstantSource clock = Clock.systemUTC();
    private final FrameworkListener started = this::started;
    private final SynchronousBundleListener stopping = this::stopping;

    @Activate
    public NodeNews(BundleContext context, @Reference Events events) {
        this.context = context;
        this.events = events;
        context.addFrameworkListener(started);
        context.addBundleListener(stopping);
    }

    private void started(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            var version = Optional.ofNullable(context.getProperty("openclaw.version"));
            tell("node.started", "OpenClaw " + version.map(known -> known + " ").orElse("") + "has started.");
        }
    }

    /** The framework says so before it stops any bundle. */
    private void stopping(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            tell("node.stopping", "OpenClaw stops: what was accepted is handled first.");
        }
    }

    private void tell(String kind, String text) {
        events.publish(new Notice(clock.instant(), kind, "node", Severity.INFO, text));
    }

    @Deactivate
    void close() {
        context.removeBundleListener(stopping);
        context.removeFrameworkListener(started);
    }
}
