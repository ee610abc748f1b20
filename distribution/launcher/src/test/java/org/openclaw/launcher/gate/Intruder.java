package org.openclaw.launcher.gate;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** What a hostile bundle would run; the property shows that it did. */
public final class Intruder implements BundleActivator {
    static final String PROPERTY = "org.openclaw.launcher.gate.intruder";

    @Override
    public void start(BundleContext context) {
        System.setProperty(PROPERTY, "ran");
    }

    @Override
    public void stop(BundleContext context) {
        // nothing to end
    }
}
