package org.openclaw.itest;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.openclaw.bench.container.Checkout;
import org.ops4j.pax.exam.Option;

/** The shipped bundles in a framework without the launcher, for tests that run in it. */
final class ShippedBundles {
    /** The launcher exports these from its class path; in a framework without it they are bundles. */
    private static final List<String> OF_THE_LAUNCHER = List.of(
            "com.fasterxml.jackson.core:jackson-annotations:2.22",
            "tools.jackson.core:jackson-core:3.2.4",
            "tools.jackson.core:jackson-databind:3.2.4");

    private ShippedBundles() {}

    /** A framework with the bundles of these features, and what the tests in it need. */
    static Option[] of(String... features) throws IOException {
        var bundles = Stream.concat(OF_THE_LAUNCHER.stream().map(Features::jar), Features.jars(features).stream())
                .map(jar -> (Option) bundle(jar.toUri().toString()))
                .toArray(Option[]::new);
        return options(
                systemProperty("pax.exam.logging").value("none"),
                systemPackages(
                        "org.slf4j;version=2.0.17",
                        "org.slf4j;version=1.7.36",
                        "org.slf4j.spi;version=2.0.17",
                        "org.slf4j.helpers;version=2.0.17",
                        "org.slf4j.event;version=2.0.17",
                        "org.openclaw.deploy;version=0.2.0"),
                frameworkProperty("org.osgi.framework.bsnversion").value("multiple"),
                frameworkProperty("openclaw.data").value(data()),
                composite(bundles),
                bundle(location(Assertions.class)),
                bundle(location(ByteBuddy.class)),
                junitBundles());
    }

    /** Of this run alone. */
    private static String data() throws IOException {
        var target = Checkout.ROOT.resolve("distribution/itest/target");
        return Files.createTempDirectory(target, "data").toString();
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }
}
