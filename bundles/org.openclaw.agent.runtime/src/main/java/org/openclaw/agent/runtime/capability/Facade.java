package org.openclaw.agent.runtime.capability;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the facade of one capability: takes each call to the provider that serves at its beginning, within the
 * limits of the capability, and keeps that provider until the call has ended. Thread-safe; no lock is held during a call.
 */
public final class Facade implements InvocationHandler {
    private final Guard guard;
    private final TimeLimits times;
    private final Providers providers = new Providers();

    Facade(Guard guard, TimeLimits times) {
        this.guard = guard;
        this.times = times;
    }

    /** The provider serves from now on, if it takes precedence. Whoever waits for one goes on. */
    public void add(Provider provider) {
        providers.add(provider);
    }

    /** No new call reaches the provider from now on. */
    public void remove(Provider provider) {
        providers.remove(provider);
    }

    /** No provider will come while there is none: calls fail at once instead of waiting for one. */
    public void expectNone() {
        providers.expectNone();
    }

    public boolean isEmpty() {
        return providers.isEmpty();
    }

    Guard guard() {
        return guard;
    }

    Providers providers() {
        return providers;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && isSame(proxy, arguments[0]);
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "capability '" + guard.name() + "'";
            };
        }
        return new CallRun(guard, providers, times, method, arguments).run().get();
    }

    /** Two facades are equal only if they are one. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object proxy, @Nullable Object other) {
        return proxy == other;
    }
}
