package org.openclaw.agent.runtime.capability;

import java.util.Collections;
import java.util.HashSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openclaw.capability.CapabilityLimits;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the configured limits to the facades, whenever they change. */
public final class SettingsTracker extends ServiceTracker<CapabilitySettings, CapabilitySettings> {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsTracker.class);

    private final Guards guards;
    /** The one that holds, of two for the same name, comes first: the order of services, not that in which they came. */
    private final TreeMap<ServiceReference<CapabilitySettings>, CapabilitySettings> all =
            new TreeMap<>(Collections.reverseOrder());

    public SettingsTracker(BundleContext context, Guards guards) {
        super(context, CapabilitySettings.class, null);
        this.guards = guards;
    }

    @Override
    public @Nullable CapabilitySettings addingService(ServiceReference<CapabilitySettings> reference) {
        var settings = context.getService(reference);
        if (settings != null) {
            put(reference, settings);
        }
        return settings;
    }

    @Override
    public void modifiedService(ServiceReference<CapabilitySettings> reference, CapabilitySettings settings) {
        put(reference, settings);
    }

    private synchronized void put(ServiceReference<CapabilitySettings> reference, CapabilitySettings settings) {
        all.put(reference, settings);
        tell();
    }

    @Override
    public void removedService(ServiceReference<CapabilitySettings> reference, CapabilitySettings settings) {
        synchronized (this) {
            all.remove(reference);
            tell();
        }
        context.ungetService(reference);
    }

    private void tell() {
        var names = new HashSet<String>();
        var limits = all.values().stream().map(CapabilitySettings::limits).toList();
        limits.stream()
                .map(CapabilityLimits::rule)
                .filter(name -> !names.add(name))
                .forEach(name -> LOG.warn(
                        "The capability '{}' has two configurations (expected: one). The first one holds. Delete the other.",
                        name));
        guards.limit(limits);
    }
}
