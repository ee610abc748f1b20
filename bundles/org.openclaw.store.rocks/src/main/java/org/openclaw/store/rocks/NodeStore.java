package org.openclaw.store.rocks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.TurnStore;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.Severity;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of the node as a service, in the folder {@code rocks} of the framework property {@code openclaw.data}, where a
 * configuration asks for it: it is preferred to others then. When it cannot be opened there is no service of it, and one line
 * in the log says why; so it is registered by hand, and its capability is declared by hand, too.
 */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.openclaw.store.TurnStore\"",
        effective = "active")
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.openclaw.store.rocks",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class NodeStore {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStore.class);
    private static final int RANKING = 100;

    private final @Nullable TurnStore store;
    private final @Nullable ServiceRegistration<TurnStore> registration;

    @Activate
    public NodeStore(BundleContext context) {
        this(context, InstantSource.system());
    }

    NodeStore(BundleContext context, InstantSource clock) {
        var opened = open(context, clock);
        store = opened;
        registration = opened == null
                ? null
                : context.registerService(
                        TurnStore.class,
                        opened,
                        FrameworkUtil.asDictionary(Map.of("store.kind", "rocks", Constants.SERVICE_RANKING, RANKING)));
    }

    private static @Nullable TurnStore open(BundleContext context, InstantSource clock) {
        try {
            return RocksTurnStore.open(folder(context));
        } catch (IOException | RuntimeException | LinkageError failed) { // also of a native library
            LOG.error("The store of this node cannot be opened: {}", failed.getMessage());
            tell(
                    context,
                    new Notice(
                            clock.instant(),
                            "store.unavailable",
                            "rocks",
                            Severity.ERROR,
                            "The store of this node cannot be opened: " + failed.getMessage()));
            return null;
        }
    }

    private static Path folder(BundleContext context) {
        var data = context.getProperty("openclaw.data");
        if (data == null || data.isBlank()) {
            throw new IllegalStateException(
                    "framework property openclaw.data: not set (expected: the absolute path of a folder, set by the launcher)");
        }
        return Path.of(data, "rocks");
    }

    private static void tell(BundleContext context, Notice notice) {
        var reference = context.getServiceReference(Events.class);
        if (reference == null) {
            return;
        }
        var events = context.getService(reference);
        if (events != null) {
            events.publish(notice);
            context.ungetService(reference);
        }
    }

    /** Called by Declarative Services: first nobody finds it any more, then it is closed. */
    @Deactivate
    public void close() throws IOException {
        if (registration != null) {
            registration.unregister();
        }
        if (store != null) {
            store.close();
        }
    }
}
