package org.openclaw.deploy.folder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Waits until a bundle is active and has registered an Agent service for each type that it declares. */
final class Readiness implements AutoCloseable, AllServiceListener, SynchronousBundleListener {
    private static final String AGENT = "org.openclaw.agent.Agent";
    private static final String TYPE = "agent.type";

    private final BundleContext context;
    private final Bundle bundle;
    private final List<String> agents;
    private final Time time;
    private final Semaphore changed = new Semaphore(0);

    /** Make it before the bundle is started, so that no registration is missed. */
    Readiness(BundleContext context, Bundle bundle, List<String> agents, Time time) {
        this.context = context;
        this.bundle = bundle;
        this.agents = agents;
        this.time = time;
        try {
            context.addServiceListener(this, "(%s=%s)".formatted(Constants.OBJECTCLASS, AGENT));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        context.addBundleListener(this);
    }

    /** Whether it became ready within that time. */
    boolean await(Duration patience) throws InterruptedException {
        var begin = time.ticks();
        while (!isReady(bundle, agents)) {
            var left = patience.minus(time.since(begin)).toNanos();
            if (left <= 0 || !changed.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                return isReady(bundle, agents);
            }
            changed.drainPermits();
        }
        return true;
    }

    static boolean isReady(Bundle bundle, List<String> agents) {
        return isActive(bundle) && missing(bundle, agents).isEmpty();
    }

    /** Active, or as good as that: lazily activated bundles stay in STARTING until their first class is loaded. */
    static boolean isActive(Bundle bundle) {
        var lazy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        return bundle.getState() == Bundle.ACTIVE || (lazy && bundle.getState() == Bundle.STARTING);
    }

    /** The declared agent types without a service of this bundle. */
    static List<String> missing(Bundle bundle, List<String> agents) {
        if (agents.isEmpty()) {
            return List.of();
        }
        var missing = new ArrayList<>(agents);
        var services = bundle.getRegisteredServices();
        if (services != null) {
            for (var service : services) {
                if (service.getProperty(Constants.OBJECTCLASS) instanceof String[] names
                        && List.of(names).contains(AGENT)
                        && service.getProperty(TYPE) instanceof String type) {
                    missing.remove(type);
                }
            }
        }
        return missing;
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        changed.release();
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (bundle.equals(event.getBundle())) {
            changed.release();
        }
    }

    @Override
    public void close() {
        context.removeServiceListener(this);
        context.removeBundleListener(this);
    }
}
