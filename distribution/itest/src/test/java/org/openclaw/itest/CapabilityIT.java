package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.openclaw.capability.Capabilities;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityException;
import org.openclaw.capability.CapabilityView;
import org.openclaw.capability.Tool;
import org.openclaw.message.Body;
import org.openclaw.schema.Schema;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** The facades of capabilities on the shipped bundles: providers come and go, limits change. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CapabilityIT {
    @Inject
    private BundleContext context;

    @Inject
    private Capabilities capabilities;

    @Inject
    private ConfigurationAdmin configurations;

    @Configuration
    public Option[] shippedBundles() throws IOException {
        return ShippedBundles.of("core");
    }

    @Test
    public void aFacadeOutlivesItsProviders() throws Exception {
        var limits = limit("itest.tool", Map.of("wait.millis", 0L));
        var first = context.registerService(Tool.class, new Named("first"), provides("itest.tool"));
        var reference = context.getServiceReferences(Tool.class, "(capability.name=itest.tool)")
                .iterator()
                .next();
        var facade = context.getService(reference);
        assertThat(facade.call(Body.json("{}")).text()).isEqualTo("\"first\"");

        first.unregister();
        assertThat(context.getServiceReferences(Tool.class, "(capability.name=itest.tool)"))
                .containsExactly(reference);
        try {
            facade.call(Body.json("{}"));
            throw new AssertionError("a call without a provider went through");
        } catch (CapabilityException expected) {
            assertThat(expected.code()).isEqualTo("capability.unavailable");
        }

        var second = context.registerService(Tool.class, new Named("second"), provides("itest.tool"));
        assertThat(facade.call(Body.json("{}")).text()).isEqualTo("\"second\"");
        second.unregister();
        assertThat(capabilities.recent("itest.tool", 10))
                .extracting(CapabilityCall::code)
                .containsExactly(Optional.empty(), Optional.of("capability.unavailable"), Optional.empty());
        limits.delete();
    }

    @Test
    public void theLimitsOfACapabilityAreTakenOverLive() throws Exception {
        var registration = context.registerService(Tool.class, new Named("limited"), provides("itest.limited"));
        var limits = limit("itest.limited", Map.of("concurrent", 3));
        await(() -> concurrent("itest.limited") == 3);

        limits.update(settings("itest.limited", Map.of("concurrent", 5)));
        await(() -> concurrent("itest.limited") == 5);

        // refused, and another one meanwhile is how one knows that it has been looked at
        limits.update(settings("itest.limited", Map.of("concurrent", -1)));
        var others = limit("*", Map.of("concurrent", 7));
        await(() -> concurrent("itest.others") == 7);
        assertThat(concurrent("itest.limited")).isEqualTo(5);

        limits.delete();
        await(() -> concurrent("itest.limited") == 7);
        others.delete();
        await(() -> concurrent("itest.limited") == 0);
        registration.unregister();
    }

    /** Of a capability that is registered for the moment, unless it is here. */
    private int concurrent(String name) {
        var there = capabilities.find(name);
        if (there.isPresent()) {
            return there.get().limits().concurrent();
        }
        var registration = context.registerService(Tool.class, new Named("passing"), provides(name));
        try {
            return capabilities.find(name).orElseThrow().limits().concurrent();
        } finally {
            registration.unregister();
        }
    }

    @Test
    public void aBundleWithAProviderIsReplacedUnderLoadAndNoCallerSeesAnError() throws Exception {
        var serving = provider(1);
        var reference = context.getServiceReferences(Tool.class, "(capability.name=itest.busy)")
                .iterator()
                .next();
        var facade = context.getService(reference);
        var done = new AtomicBoolean();
        var calls = new AtomicLong();
        var callers = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 16; caller++) {
                callers.add(threads.submit(() -> {
                    while (!done.get()) {
                        assertThat(facade.call(Body.json("{}")).text()).startsWith("\"version ");
                        calls.incrementAndGet();
                    }
                    return true;
                }));
            }
            for (int version = 2; version <= 40; version++) {
                long before = calls.get();
                await(() -> calls.get() > before || callers.stream().anyMatch(Future::isDone));
                // every other time the old one is gone before the new one is here
                var old = serving;
                if (version % 2 == 0) {
                    old.uninstall();
                    serving = provider(version);
                } else {
                    serving = provider(version);
                    old.uninstall();
                }
            }
            done.set(true);
            for (var caller : callers) {
                assertThat(caller.get(20, TimeUnit.SECONDS)).isTrue();
            }
        }

        var view = capabilities.find("itest.busy").orElseThrow();
        assertThat(view.counts().failures() + view.counts().refused()).isZero();
        assertThat(view.counts().calls()).isEqualTo(calls.get());
        assertThat(view.providers()).containsExactly(new CapabilityView.Provider("itest.provider", "40.0.0"));
        serving.uninstall();
    }

    /** A bundle of this version that provides a tool, which says its version. */
    private Bundle provider(int version) throws Exception {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, "itest.provider");
        main.putValue(Constants.BUNDLE_VERSION, version + ".0.0");
        main.putValue(Constants.IMPORT_PACKAGE, "org.openclaw.capability,org.openclaw.message,org.openclaw.schema");
        var bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        var bundle = context.installBundle("itest:" + version, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        bundle.getBundleContext().registerService(Tool.class, new Named("version " + version), provides("itest.busy"));
        return bundle;
    }

    private org.osgi.service.cm.Configuration limit(String name, Map<String, Object> limits) throws IOException {
        var made = configurations.getFactoryConfiguration(
                "org.openclaw.agent.runtime.capability", name.equals("*") ? "others" : name, "?");
        made.update(settings(name, limits));
        var rule = capabilities.find(name);
        if (rule.isEmpty() && !name.equals("*")) {
            // those that come find it
            var registration = context.registerService(Tool.class, new Named("passing"), provides(name));
            await(() -> capabilities.find(name).orElseThrow().limits().rule().equals(name));
            registration.unregister();
        }
        return made;
    }

    private static Dictionary<String, Object> settings(String name, Map<String, Object> limits) {
        var all = new HashMap<>(limits);
        all.put("name", name);
        return FrameworkUtil.asDictionary(all);
    }

    private static void await(BooleanSupplier truth) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!truth.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time to wait until").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private record Named(String name) implements Tool {
        @Override
        public String description() {
            return "says its name";
        }

        @Override
        public Schema arguments() {
            return new Schema("itest.arguments", "0".repeat(64), "{}");
        }

        @Override
        public Body call(Body arguments) {
            return Body.json("\"" + name + "\"");
        }
    }

    private static Dictionary<String, Object> provides(String name) {
        return FrameworkUtil.asDictionary(Map.of("provides.capability", name));
    }
}
