package org.openclaw.agent.runtime.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openclaw.capability.CapabilityException;
import org.openclaw.capability.CapabilityView.Circuit;
import org.openclaw.telemetry.RuntimeEvent;

/** What becomes of calls that fail or do not end. */
class FailuresTest {
    private static final Duration OPEN = Duration.ofHours(1);

    private final Scene scene = new Scene();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        scene.close();
    }

    /** Fails so often, then answers. */
    private void failing(int times, Exception failure) {
        scene.provide(1, name -> {
            if (calls.incrementAndGet() <= times) {
                throw failure;
            }
            return "hello " + name;
        });
    }

    @Test
    void neverRepeatsACallUnlessConfigured() {
        failing(1, new IOException("no voice"));

        assertThatThrownBy(() -> scene.proxy.greet("you")).hasMessage("no voice");
        assertThat(calls).hasValue(1);
    }

    @Test
    void triesAgainWhatFailed() throws Exception {
        scene.limit(Limits.of("*").attempts(3));
        failing(2, new IOException("no voice"));

        assertThat(scene.proxy.greet("you")).isEqualTo("hello you");
        assertThat(scene.latest().attempts()).isEqualTo(3);
        assertThat(scene.view().counts().retries()).isEqualTo(2);
        assertThat(scene.view().counts().failures()).isZero();
    }

    @Test
    void throwsTheLastFailureWhenNoAttemptIsLeft() {
        scene.limit(Limits.of("*").attempts(2));
        failing(9, new IOException("no voice"));

        assertThatThrownBy(() -> scene.proxy.greet("you")).isInstanceOf(IOException.class);
        assertThat(calls).hasValue(2);
    }

    @Test
    void doesNotRepeatWhatTheCallerDidWrong() {
        scene.limit(Limits.of("*").attempts(3));
        failing(9, new IllegalArgumentException("no name"));

        assertThatThrownBy(() -> scene.proxy.greet("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void doesNotRepeatForACallerThatWasInterrupted() throws Exception {
        scene.limit(Limits.of("*").attempts(3));
        scene.provide(1, name -> {
            calls.incrementAndGet();
            Thread.currentThread().interrupt();
            throw new IOException("closed by interrupt");
        });

        var call = scene.call("you");

        assertThatThrownBy(() -> Scene.end(call)).hasCauseInstanceOf(IOException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void tellsTheFailureAndNotThatTheNextAttemptWasRefused() {
        scene.limit(Limits.of("*").attempts(3).waiting(Duration.ZERO));
        var provider = new Provider[1];
        provider[0] = scene.provide(1, name -> {
            scene.facade.remove(provider[0]);
            throw new IOException("gone in the middle");
        });

        assertThatThrownBy(() -> scene.proxy.greet("you")).hasMessage("gone in the middle");
    }

    @Test
    void interruptsACallThatTakesTooLong() {
        scene.limit(Limits.of("*").timeout(Limits.SHORT));
        scene.provide(1, new Scene.Held(1));

        assertThatThrownBy(() -> scene.proxy.greet("you"))
                .isInstanceOfSatisfying(CapabilityException.class, timeout -> {
                    assertThat(timeout.code()).isEqualTo("capability.timeout");
                    assertThat(timeout.mayHaveRun()).isTrue();
                })
                .hasMessageContaining("'greeting' of acme.greeter 1.0.0")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(scene.view().counts().timeouts()).isEqualTo(1);
    }

    @Test
    void keepsTheInterruptOfOthers() throws Exception {
        scene.limit(Limits.of("*").timeout(Duration.ofMinutes(1)));
        scene.provide(1, new Scene.Held(1));

        var call = Scene.begin(() -> {
            Thread.currentThread().interrupt();
            try {
                return scene.proxy.greet("you");
            } catch (InterruptedException expected) {
                return "interrupted";
            }
        });

        assertThat(Scene.end(call)).isEqualTo("interrupted");
    }

    @Test
    void believesNothingThatComesTooLate() {
        scene.limit(Limits.of("*").timeout(Limits.SHORT));
        scene.provide(1, name -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException swallowed) {
                return "half a greeting";
            }
            return "never";
        });

        assertThatThrownBy(() -> scene.proxy.greet("you")).isInstanceOf(CapabilityException.class);
    }

    @Test
    void leavesAloneWhatFailsTooOften() throws Exception {
        scene.limit(Limits.of("*").breaker(2, 3, OPEN));
        failing(9, new IOException("no voice"));
        assertThatThrownBy(() -> scene.proxy.greet("you")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> scene.proxy.greet("you")).isInstanceOf(IOException.class);

        assertThatThrownBy(() -> scene.proxy.greet("you"))
                .isInstanceOf(CapabilityException.class)
                .hasMessageContaining("2026-11-01T12:00:00Z: it failed too often, the last time by: no voice");

        assertThat(calls).hasValue(2);
        assertThat(scene.view().circuit())
                .isInstanceOfSatisfying(
                        Circuit.Open.class, open -> assertThat(open.cause()).isEqualTo("no voice"));
        assertThat(scene.events).extracting(RuntimeEvent::kind).containsExactly("capability.opened");
        assertThat(scene.latest().code()).contains("capability.open");
    }

    @Test
    void triesItAgainAfterAWhileAndThenCallsItAsBefore() throws Exception {
        scene.limit(Limits.of("*").breaker(1, 1, Duration.ofMillis(1)));
        failing(1, new IOException("no voice"));
        assertThatThrownBy(() -> scene.proxy.greet("you")).isInstanceOf(IOException.class);
        while (!(scene.view().circuit() instanceof Circuit.HalfOpen)) {
            Thread.onSpinWait();
        }

        assertThat(scene.proxy.greet("you")).isEqualTo("hello you");

        assertThat(scene.view().circuit()).isInstanceOf(Circuit.Closed.class);
        assertThat(scene.events)
                .extracting(RuntimeEvent::kind)
                .containsExactly("capability.opened", "capability.closed");
    }

    @Test
    void letsOneCallTryItAtATime() throws Exception {
        scene.limit(Limits.of("*").breaker(1, 1, Duration.ofMillis(1)));
        var held = new Scene.Held(1);
        scene.provide(1, name -> {
            if (calls.incrementAndGet() == 1) {
                throw new IOException("no voice");
            }
            return held.greet(name);
        });
        assertThatThrownBy(() -> scene.proxy.greet("you")).isInstanceOf(IOException.class);
        while (!(scene.view().circuit() instanceof Circuit.HalfOpen)) {
            Thread.onSpinWait();
        }
        var trial = scene.call("you");
        held.reached.await();

        assertThat(scene.refused()).isEqualTo("capability.open");

        held.gate.countDown();
        assertThat(Scene.end(trial)).isEqualTo("late you");
    }

    @Test
    void doesNotBlameTheProviderForWhatTheCallerDidWrong() {
        scene.limit(Limits.of("*").breaker(1, 1, OPEN));
        failing(9, new IllegalArgumentException("no name"));

        assertThatThrownBy(() -> scene.proxy.greet("")).isInstanceOf(IllegalArgumentException.class);

        assertThat(scene.view().circuit()).isInstanceOf(Circuit.Closed.class);
    }

    @Test
    void doesNotBlameTheProviderForAnotherCapabilityThatIsRefusedToIt() {
        scene.limit(Limits.of("*").breaker(1, 1, OPEN).attempts(3));
        failing(9, CapabilityException.unavailable("voice"));

        assertThatThrownBy(() -> scene.proxy.greet("you")).hasMessageContaining("'voice'");

        assertThat(calls).hasValue(1);
        assertThat(scene.view().circuit()).isInstanceOf(Circuit.Closed.class);
    }
}
