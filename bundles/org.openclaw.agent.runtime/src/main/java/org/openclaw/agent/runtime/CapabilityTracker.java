package org.openclaw.agent.runtime;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.capability.Facade;
import org.openclaw.agent.runtime.capability.Guards;
import org.openclaw.agent.runtime.capability.Provider;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one facade in the registry for each capability name and interface. A facade lasts when its providers go, so that
 * agents keep their reference, with one exception: an interface that came from the provider's own bundle would keep that
 * bundle's classes in memory, so its facade goes with the last provider.
 */
final class CapabilityTracker extends ServiceTracker<Object, CapabilityTracker.Provided> {
    private static final Logger LOG = LoggerFactory.getLogger(CapabilityTracker.class);
    private static final String PROVIDES = "provides.capability";
    private static final String NAME = "capability.name";

    private static final Duration SLICE = Duration.ofMillis(100);

    private final Duration drain;
    private final Predicate<Bundle> revoked;
    private final Guards guards;
    private final Map<Key, Registered> facades = new HashMap<>();

    /** @param revoked whether a bundle may run no more: calls that are in flight in it are not waited for */
    CapabilityTracker(BundleContext context, Duration drain, Predicate<Bundle> revoked, Guards guards)
            throws InvalidSyntaxException {
        super(context, FrameworkUtil.createFilter("(" + PROVIDES + "=*)"), null);
        this.drain = drain;
        this.revoked = revoked;
        this.guards = guards;
    }

    private record Key(String name, List<Class<?>> interfaces) {}

    private record Registered(Facade facade, ServiceRegistration<?> registration) {}

    record Provided(Key key, Facade facade, Provider provider, boolean lasting) {}

    @Override
    public @Nullable Provided addingService(ServiceReference<Object> reference) {
        var bundle = reference.getBundle();
        var name = String.valueOf(reference.getProperty(PROVIDES));
        var service = Optional.ofNullable(context.getService(reference));
        if (bundle == null || service.isEmpty()) {
            return null;
        }
        try {
            var interfaces = interfaces(bundle, reference);
            var provider = new Provider(service.get(), Ranks.of(reference), String.valueOf(bundle.getSymbolicName()));
            var key = new Key(name, interfaces);
            var facade = serve(key, provider);
            LOG.info("Capability '{}' is provided by {} {}.", name, bundle.getSymbolicName(), bundle.getVersion());
            var lasting = interfaces.stream().noneMatch(type -> bundle.equals(FrameworkUtil.getBundle(type)));
            return new Provided(key, facade, provider, lasting);
        } catch (ReflectiveOperationException | IllegalArgumentException | LinkageError refused) {
            context.ungetService(reference);
            LOG.warn(
                    "Refused the capability '{}' of {} {}: {}",
                    name,
                    bundle.getSymbolicName(),
                    bundle.getVersion(),
                    refused.getMessage());
            return null;
        }
    }

    private static List<Class<?>> interfaces(Bundle bundle, ServiceReference<?> reference)
            throws ReflectiveOperationException {
        var names = reference.getProperty(Constants.OBJECTCLASS) instanceof String[] said ? said : new String[0];
        var types = new ArrayList<Class<?>>();
        for (var name : Arrays.stream(names).sorted().toList()) {
            var type = bundle.loadClass(name);
            if (!type.isInterface()) {
                throw new IllegalArgumentException("it is registered as the class " + name
                        + " (expected: interfaces only). Register it under the interface that agents reference.");
            }
            types.add(type);
        }
        return List.copyOf(types);
    }

    /** The facade is registered outside the monitor: that runs the code of those who wait for it. */
    private Facade serve(Key key, Provider provider) {
        Registered found;
        synchronized (facades) {
            found = facades.get(key);
            if (found != null) {
                found.facade().add(provider);
                return found.facade();
            }
        }
        var facade = guards.facade(key.name());
        facade.add(provider);
        var types = key.interfaces().toArray(Class<?>[]::new);
        var proxy = Proxy.newProxyInstance(types[0].getClassLoader(), types, facade);
        var names = Arrays.stream(types).map(Class::getName).toArray(String[]::new);
        var registration = context.registerService(names, proxy, FrameworkUtil.asDictionary(Map.of(NAME, key.name())));
        synchronized (facades) {
            found = facades.putIfAbsent(key, new Registered(facade, registration));
            if (found != null) {
                found.facade().add(provider);
            }
        }
        if (found != null) {
            guards.drop(facade);
            registration.unregister();
            return found.facade();
        }
        return facade;
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, Provided provided) {
        // the name of a capability and the version of its bundle never change
    }

    @Override
    public void removedService(ServiceReference<Object> reference, Provided provided) {
        provided.facade().remove(provided.provider());
        if (!provided.lasting()) {
            // nobody else has its interface, so whoever waits for another provider would wait in vain
            provided.facade().expectNone();
        }
        var bundle = reference.getBundle();
        try {
            if (!provided.provider()
                    .leases()
                    .awaitDrained(drain, () -> bundle != null && revoked.test(bundle), SLICE)) {
                LOG.warn(
                        "{} calls of the capability '{}' have not ended although its provider {} goes.",
                        provided.provider().leases().count(),
                        provided.key().name(),
                        bundle);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            if (!provided.lasting()) {
                withdraw(provided.key());
            }
            context.ungetService(reference);
        }
    }

    private void withdraw(Key key) {
        Registered gone;
        synchronized (facades) {
            gone = facades.get(key);
            if (gone == null || !gone.facade().isEmpty()) {
                return;
            }
            facades.remove(key);
        }
        guards.drop(gone.facade());
        gone.registration().unregister();
    }

    @Override
    public void close() {
        guards.expectNone();
        super.close();
        List<Registered> left;
        synchronized (facades) {
            left = List.copyOf(facades.values());
            facades.clear();
        }
        for (var facade : left) {
            guards.drop(facade.facade());
            facade.registration().unregister();
        }
    }
}
