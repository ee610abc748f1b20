package org.openclaw.bench.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Apache Felix with nothing but Declarative Services, an HTTP server and the Web Console: what a start is measured beside.
 * Bundles are read where they lie, as the launcher does too.
 */
final class BareFelix {
    private BareFelix() {}

    /** Runs until it is killed: {@code STORAGE PORT JAR...}. */
    static void main(String[] args) throws BundleException, InterruptedException {
        var factory = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        var framework = factory.newFramework(
                Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        args[0],
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                        "org.osgi.service.http.port",
                        args[1],
                        "org.apache.felix.http.host",
                        "127.0.0.1",
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.slf4j;version=2.0.17,org.slf4j;version=1.7.36,org.slf4j.event;version=2.0.17,"
                                + "org.slf4j.helpers;version=2.0.17,org.slf4j.spi;version=2.0.17,org.osgi.service.log;version=1.5.0"));
        framework.init();
        var bundles = new ArrayList<Bundle>();
        for (int at = 2; at < args.length; at++) {
            bundles.add(framework
                    .getBundleContext()
                    .installBundle("reference:" + Path.of(args[at]).toUri()));
        }
        framework.start();
        for (var bundle : bundles) {
            bundle.start();
        }
        framework.waitForStop(0);
    }
}
