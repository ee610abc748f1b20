package org.openclaw.agent.runtime.capability;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityException;
import org.openclaw.capability.CapabilityView;
import org.openclaw.telemetry.RuntimeEvent;

/** One capability, {@code greeting}, without a framework, under a clock that stands still unless a test moves it. */
final class Scene implements AutoCloseable {
    static final String NAME = "greeting";
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    /** What the capability does. */
    interface Greeting {
        String greet(String name) throws Exception;
    }

    /** A provider that holds its calls up until it is let go. */
    static final class Held implements Greeting {
        final CountDownLatch reached;
        final CountDownLatch gate = new CountDownLatch(1);

        Held(int calls) {
            reached = new CountDownLatch(calls);
        }

        @Override
        public String greet(String name) throws InterruptedException {
            reached.countDown();
            gate.await();
            return "late " + name;
        }
    }

    final AtomicLong nanos = new AtomicLong();
    final Map<Thread, CapabilityView.Caller> callers = new ConcurrentHashMap<>();
    final List<RuntimeEvent> events = new CopyOnWriteArrayList<>();
    final Guards guards =
            new Guards(new Instruments(() -> NOON.plusNanos(nanos.get()), nanos::get, events::add, () -> callers));
    final Facade facade = guards.facade(NAME);
    final Greeting proxy = proxy(facade);

    static Greeting proxy(Facade facade) {
        return (Greeting)
                Proxy.newProxyInstance(Greeting.class.getClassLoader(), new Class<?>[] {Greeting.class}, facade);
    }

    Scene limit(Limits... limits) {
        guards.limit(List.of(limits).stream().map(Limits::made).toList());
        return this;
    }

    static Provider provider(int major, Greeting service) {
        return new Provider(service, new Precedence(major, 0, 0, "", 0, 1), "acme.greeter");
    }

    Provider provide(int major, Greeting service) {
        var provider = provider(major, service);
        facade.add(provider);
        return provider;
    }

    /** Calls on a thread of its own. */
    CompletableFuture<String> call(String name) {
        return begin(() -> proxy.greet(name));
    }

    static <T> CompletableFuture<T> begin(Callable<T> work) {
        var ending = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                ending.complete(work.call());
            } catch (Exception failed) {
                ending.completeExceptionally(failed);
            }
        });
        return ending;
    }

    static <T> T end(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    CapabilityView view() {
        return guards.find(NAME).orElseThrow();
    }

    CapabilityCall latest() {
        return guards.recent(NAME, 1).getFirst();
    }

    /** Returns once so many calls wait. */
    void awaitWaiting(int number) {
        while (view().waiting().size() != number) {
            Thread.onSpinWait();
        }
    }

    /** The code of the refusal that a call ends in. */
    String refused() throws Exception {
        try {
            return "not refused: " + proxy.greet("you");
        } catch (CapabilityException refused) {
            return refused.code();
        }
    }

    @Override
    public void close() {
        guards.close();
    }
}
