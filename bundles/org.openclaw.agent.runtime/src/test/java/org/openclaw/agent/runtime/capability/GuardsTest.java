package org.openclaw.agent.runtime.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityView;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

/** What an operator sees of the capabilities, and which limits hold for each. */
class GuardsTest {
    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    private String rule(String name) {
        return scene.guards.find(name).orElseThrow().limits().rule();
    }

    @Test
    void takesTheLimitsOfItsNameBeforeThoseOfAllOthers() {
        scene.guards.facade("farewell");
        assertThat(rule("farewell")).isEqualTo("default");

        scene.limit(Limits.of("*").concurrent(9), Limits.of("greeting").concurrent(3), Limits.of("greeting"));

        assertThat(rule("farewell")).isEqualTo("*");
        assertThat(rule("greeting")).isEqualTo("greeting");
        assertThat(scene.view().limits().concurrent()).isEqualTo(3);
        scene.limit();
        assertThat(scene.view().limits()).isEqualTo(Guards.USUAL);
    }

    @Test
    void listsThemByNameAlsoWithoutAProvider() {
        var farewell = scene.guards.facade("farewell");

        assertThat(scene.guards.list()).extracting(CapabilityView::name).containsExactly("farewell", "greeting");

        scene.guards.drop(farewell);
        assertThat(scene.guards.list()).extracting(CapabilityView::name).containsExactly("greeting");
        assertThat(scene.guards.find("farewell")).isEmpty();
    }

    @Test
    void saysWhoProvidesIt() {
        scene.provide(1, name -> "one");
        scene.provide(2, name -> "two");

        assertThat(scene.view().providers())
                .containsExactly(
                        new CapabilityView.Provider("acme.greeter", "2.0.0"),
                        new CapabilityView.Provider("acme.greeter", "1.0.0"));
    }

    @Test
    void saysWhoWaitsLongestFirst() throws Exception {
        var one = new CapabilityView.Caller(Tenant.DEFAULT, Address.of("order", "1"));
        scene.limit(Limits.of("*"));
        var first = Scene.begin(() -> {
            scene.callers.put(Thread.currentThread(), one);
            return scene.proxy.greet("you");
        });
        scene.awaitWaiting(1);
        scene.nanos.addAndGet(1_000_000_000);
        var second = scene.call("me");
        scene.awaitWaiting(2);

        var noon = Instant.parse("2026-11-01T12:00:00Z");
        assertThat(scene.view().waiting())
                .containsExactly(
                        new CapabilityView.Waiter("greet", CapabilityView.Reason.PROVIDER, noon, Optional.of(one)),
                        new CapabilityView.Waiter(
                                "greet", CapabilityView.Reason.PROVIDER, noon.plusSeconds(1), Optional.empty()));

        scene.provide(1, name -> name);
        assertThat(Scene.end(first) + Scene.end(second)).isEqualTo("youme");
    }

    @Test
    void recordsHowACallEnded() throws Exception {
        scene.provide(1, name -> {
            scene.nanos.addAndGet(2_000_000);
            return "hello " + name;
        });

        scene.proxy.greet("you");

        assertThat(scene.latest())
                .isEqualTo(new CapabilityCall(
                        "greet",
                        Optional.of("acme.greeter"),
                        Optional.of("1.0.0"),
                        Instant.parse("2026-11-01T12:00:00Z"),
                        Duration.ofMillis(2),
                        Duration.ZERO,
                        1,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(scene.view().p50().orElseThrow()).isBetween(Duration.ofMillis(2), Duration.ofNanos(2_250_000));
    }

    @Test
    void recordsWhyACallFailedInAFewWords() {
        scene.provide(1, name -> {
            throw new IOException("x".repeat(1_000));
        });

        assertThatThrownBy(() -> scene.proxy.greet("you")).isInstanceOf(IOException.class);

        assertThat(scene.latest().code()).contains("java.io.IOException");
        assertThat(scene.latest().cause().orElseThrow()).hasSizeLessThan(310);
        assertThat(scene.view().counts().failures()).isEqualTo(1);
    }

    @Test
    void remembersTheLatestCallsOnly() throws Exception {
        scene.provide(1, name -> {
            scene.nanos.addAndGet(1_000_000_000);
            return name;
        });
        for (int call = 0; call < 250; call++) {
            scene.proxy.greet("you");
        }

        var recent = scene.guards.recent(Scene.NAME, 1_000);

        assertThat(recent).hasSize(100);
        assertThat(Duration.between(
                        recent.getLast().startedAt(), recent.getFirst().startedAt()))
                .isEqualTo(Duration.ofSeconds(99));
        assertThat(scene.view().counts().calls()).isEqualTo(250);
        assertThat(scene.guards.recent("farewell", 10)).isEmpty();
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        scene.limit(Limits.of("*").timeout(Duration.ofHours(1)).attempts(2));
        scene.provide(1, name -> name);
        scene.proxy.greet("you");
        var thread = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("openclaw-capability-limits"))
                .toList();
        assertThat(thread).isNotEmpty();

        scene.close();

        for (var each : thread) {
            assertThat(each.join(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("Failsafe"));
    }
}
