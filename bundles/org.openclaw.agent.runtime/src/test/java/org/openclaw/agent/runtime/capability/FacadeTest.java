package org.openclaw.agent.runtime.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openclaw.capability.CapabilityException;
import org.openclaw.capability.CapabilityView;

class FacadeTest {
    private final Scene scene = new Scene().limit(Limits.of(Scene.NAME));

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void saysWhatToDoWhenThereIsNoProviderAndItMayNotWait() {
        scene.limit(Limits.of("*").waiting(Duration.ZERO));

        assertThatThrownBy(() -> scene.proxy.greet("you"))
                .isInstanceOfSatisfying(CapabilityException.class, unavailable -> {
                    assertThat(unavailable.code()).isEqualTo("capability.unavailable");
                    assertThat(unavailable.mayHaveRun()).isFalse();
                })
                .hasMessageContaining("No provider of the capability 'greeting' is running");
    }

    @Test
    void waitsForAProviderThatIsAway() throws Exception {
        var call = scene.call("you");
        scene.awaitWaiting(1);
        assertThat(scene.view().waiting())
                .extracting(CapabilityView.Waiter::reason)
                .containsExactly(CapabilityView.Reason.PROVIDER);

        scene.provide(1, name -> "hello " + name);

        assertThat(Scene.end(call)).isEqualTo("hello you");
        assertThat(scene.view().waiting()).isEmpty();
    }

    @Test
    void givesUpWaitingForAProviderInTime() throws Exception {
        scene.limit(Limits.of("*").waiting(Limits.SHORT));

        assertThat(scene.refused()).isEqualTo("capability.unavailable");
        assertThat(scene.latest().attempts()).isZero();
        assertThat(scene.view().counts().refused()).isEqualTo(1);
    }

    @Test
    void tellsThoseWhoWaitWhenNoProviderIsExpectedAnyMore() {
        var call = scene.call("you");
        scene.awaitWaiting(1);

        scene.facade.expectNone();

        assertThat(call).failsWithin(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> scene.proxy.greet("me")).isInstanceOf(CapabilityException.class);
    }

    @Test
    void letsGoOfACallerThatIsInterruptedWhileItWaits() throws Exception {
        var call = Scene.begin(() -> {
            Thread.currentThread().interrupt();
            var code = scene.refused();
            return code + Thread.currentThread().isInterrupted();
        });

        assertThat(Scene.end(call)).isEqualTo("capability.interruptedtrue");
    }

    @Test
    void asksTheProviderWithTheHighestVersion() throws Exception {
        scene.provide(2, name -> "two " + name);
        scene.provide(1, name -> "one " + name);

        assertThat(scene.proxy.greet("you")).isEqualTo("two you");
    }

    @Test
    void throwsWhatTheProviderThrows() {
        scene.provide(1, name -> {
            throw new IOException("no voice for " + name);
        });

        assertThatThrownBy(() -> scene.proxy.greet("you"))
                .isInstanceOf(IOException.class)
                .hasMessage("no voice for you");
    }

    @Test
    void endsACallWhereItBegan() throws Exception {
        var held = new Scene.Held(1);
        var old = scene.provide(1, held);
        var inFlight = scene.call("you");
        assertThat(held.reached.await(20, TimeUnit.SECONDS)).isTrue();

        scene.provide(2, name -> "new " + name);
        scene.facade.remove(old);

        assertThat(scene.proxy.greet("me")).isEqualTo("new me");
        assertThat(old.leases().awaitDrained(Duration.ofMillis(1))).isFalse();
        held.gate.countDown();
        assertThat(Scene.end(inFlight)).isEqualTo("late you");
        assertThat(old.leases().awaitDrained(Limits.LONG)).isTrue();
    }

    @Test
    void answersForItselfWhatEveryObjectAnswers() {
        var other = Scene.proxy(scene.facade);

        assertThat(new HashSet<>(List.of(scene.proxy, other))).hasSize(2).contains(scene.proxy, other);
        assertThat(scene.proxy).hasToString("capability 'greeting'");
    }
}
