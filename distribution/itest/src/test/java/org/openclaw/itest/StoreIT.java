package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.openclaw.bench.container.Checkout;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.TurnStore;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Stores in a framework: what they need of others comes from bundles, native libraries too. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StoreIT {
    /** Only Linux tells. */
    private static final Path MAPPED = Path.of("/proc/self/maps");

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] builtBundles() {
        var bundles = Stream.of(
                        "org.openclaw.schema.api",
                        "org.openclaw.message.api",
                        "org.openclaw.telemetry.api",
                        "org.openclaw.store.api",
                        "org.openclaw.lib.rocksdb",
                        "org.openclaw.store.rocks")
                .map(name -> (Option) bundle(Checkout.jar(name).toUri().toString()))
                .toArray(Option[]::new);
        var components = Stream.of(
                        "org.osgi:org.osgi.util.function:1.2.0",
                        "org.osgi:org.osgi.util.promise:1.3.0",
                        "org.osgi:org.osgi.service.component:1.5.1",
                        "org.apache.felix:org.apache.felix.scr:2.2.18")
                .map(name -> (Option) bundle(Features.jar(name).toUri().toString()))
                .toArray(Option[]::new);
        return options(
                systemProperty("pax.exam.logging").value("none"),
                systemPackages("org.slf4j;version=2.0.17"),
                composite(components),
                composite(bundles),
                bundle(location(Assertions.class)),
                bundle(location(ByteBuddy.class)),
                junitBundles());
    }

    @Test
    public void rocksCommitsWithTheNativeLibraryOfItsBundle() throws Exception {
        try (var store = open()) {
            store.commit(List.of(new Change.Put(Key.agent(1), new byte[] {42})));
        }
        try (var store = open()) {
            assertThat(store.get(Key.agent(1))).hasValue(new byte[] {42});
        }
        if (Files.exists(MAPPED)) {
            assertThat(Files.readString(MAPPED))
                    .as("where the native library was unpacked")
                    .containsPattern("bundle\\d+/.*librocksdbjni");
        }
    }

    /** Providers export nothing, so it is made by its name. */
    private TurnStore open() throws Exception {
        var type = named("org.openclaw.store.rocks").loadClass("org.openclaw.store.rocks.RocksTurnStore");
        return (TurnStore) type.getMethod("open", Path.class)
                .invoke(null, context.getDataFile("store").toPath());
    }

    private Bundle named(String name) {
        return Arrays.stream(context.getBundles())
                .filter(each -> name.equals(each.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }
}
