package org.openclaw.agent.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.Leases;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.capability.CapabilityException;

/**
 * What stands behind the facade of one capability: takes each call to the provider that serves at its beginning, and keeps
 * that provider until the call has ended. Thread-safe; no lock is held during a call.
 */
final class Facade implements InvocationHandler {
    private final String capability;
    private volatile List<Provider> providers = List.of();

    Facade(String capability) {
        this.capability = capability;
    }

    /** A provider. No record: it must never ask the service whether it equals another. */
    static final class Provider {
        private final Object service;
        private final Precedence precedence;
        private final Leases leases = new Leases();

        Provider(Object service, Precedence precedence) {
            this.service = service;
            this.precedence = precedence;
        }

        Leases leases() {
            return leases;
        }
    }

    /** The provider serves from now on, if it takes precedence. */
    synchronized void add(Provider provider) {
        var next = new ArrayList<>(providers);
        next.add(provider);
        next.sort(Comparator.comparing((Provider each) -> each.precedence).reversed());
        providers = List.copyOf(next);
    }

    /** No new call reaches the provider from now on. */
    synchronized void remove(Provider provider) {
        providers = providers.stream().filter(kept -> !kept.equals(provider)).toList();
        provider.leases.close();
    }

    boolean isEmpty() {
        return providers.isEmpty();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && isSame(proxy, arguments[0]);
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "capability '" + capability + "'";
            };
        }
        var provider = lease();
        try {
            return method.invoke(provider.service, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        } finally {
            provider.leases.release();
        }
    }

    /** Two facades are equal only if they are one. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object proxy, @Nullable Object other) {
        return proxy == other;
    }

    private Provider lease() {
        while (true) {
            var now = providers;
            if (now.isEmpty()) {
                throw CapabilityException.unavailable(capability);
            }
            var serving = now.getFirst();
            if (serving.leases.acquire()) {
                return serving;
            }
            // it left the list before its leases were closed, so the next look finds another list
            Thread.onSpinWait();
        }
    }
}
