package org.openclaw.agent.runtime.capability;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.openclaw.capability.Capabilities;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityLimits;
import org.openclaw.capability.CapabilityView;

/**
 * The capabilities that have a facade, by name, with their limits. Thread-safe.
 *
 * <p>Without any configuration a call waits for a provider that is away, and nothing else holds it up: what a capability
 * bears, how long it may take and whether it may be repeated only its operator knows. A turn has a limit of its own.
 */
public final class Guards implements Capabilities, AutoCloseable {
    /** What holds where nothing is configured. */
    public static final CapabilityLimits USUAL = new CapabilityLimits(
            "default",
            0,
            0,
            1_000,
            Duration.ofSeconds(10),
            Duration.ZERO,
            1,
            Duration.ofMillis(200),
            0,
            20,
            Duration.ofSeconds(10));

    /** The name in the configuration for all capabilities that have none of their own. */
    private static final String OTHERS = "*";

    private final Instruments instruments;
    private final TimeLimits times = new TimeLimits();
    private final Map<String, Guard> guards = new ConcurrentSkipListMap<>();
    private Map<String, CapabilityLimits> rules = Map.of();

    public Guards(Instruments instruments) {
        this.instruments = instruments;
    }

    /** A new facade of a capability. */
    public synchronized Facade facade(String name) {
        var guard = guards.computeIfAbsent(name, _ -> new Guard(name, instruments, limits(name)));
        var facade = new Facade(guard, times);
        guard.facades().add(facade);
        return facade;
    }

    /** The facade is withdrawn: nobody waits behind it any more. With the last one, the record of the capability goes. */
    public synchronized void drop(Facade facade) {
        facade.expectNone();
        var guard = facade.guard();
        guard.facades().remove(facade);
        if (guard.facades().isEmpty()) {
            guards.remove(guard.name(), guard);
        }
    }

    /** These limits hold from now on; of two for one name the first. */
    public synchronized void limit(List<CapabilityLimits> configured) {
        var next = new HashMap<String, CapabilityLimits>();
        configured.forEach(each -> next.putIfAbsent(each.rule(), each));
        rules = Map.copyOf(next);
        guards.forEach((name, guard) -> guard.limit(limits(name)));
    }

    private CapabilityLimits limits(String name) {
        return rules.getOrDefault(name, rules.getOrDefault(OTHERS, USUAL));
    }

    @Override
    public List<CapabilityView> list() {
        return guards.values().stream().map(Guard::view).toList();
    }

    @Override
    public Optional<CapabilityView> find(String name) {
        return Optional.ofNullable(guards.get(name)).map(Guard::view);
    }

    @Override
    public List<CapabilityCall> recent(String name, int limit) {
        return Optional.ofNullable(guards.get(name))
                .map(guard -> guard.log().recent(limit))
                .orElse(List.of());
    }

    /** No provider is expected any more. Calls under way go on, within their limits. */
    public void expectNone() {
        guards.values().forEach(guard -> guard.facades().forEach(Facade::expectNone));
    }

    @Override
    public void close() {
        expectNone();
        times.close();
    }
}
