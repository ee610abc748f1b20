package org.openclaw.agent.runtime.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.capability.CapabilityException;

/** A provider is replaced while many call it. */
class ReplacementTest {
    private static final int CALLERS = 64;
    private static final int REPLACEMENTS = 400;
    private static final int ENOUGH = 20_000;

    private final Scene scene = new Scene();
    private final AtomicInteger strayed = new AtomicInteger();

    @AfterEach
    void close() {
        scene.close();
    }

    /** A version that is of no use any more as soon as it has been let go, as the classes of a bundle that is gone. */
    private final class Version implements Scene.Greeting {
        private final String name;
        private volatile boolean gone;

        Version(int number) {
            name = "version " + number;
        }

        @Override
        public String greet(String caller) throws Exception {
            strayed.addAndGet(gone ? 1 : 0);
            // on another thread, so that others run meanwhile and calls are in flight when it is replaced
            var said = Scene.end(Scene.begin(() -> name));
            strayed.addAndGet(gone ? 1 : 0);
            return said;
        }
    }

    @ParameterizedTest(name = "a gap between them: {0}")
    @ValueSource(booleans = {false, true})
    void noCallerSeesAnError(boolean gap) throws Exception {
        scene.limit(Limits.of("*").concurrent(CALLERS / 2));
        var version = new Version(0);
        var serving = scene.provide(0, version);
        var done = new AtomicBoolean();
        var calls = new AtomicLong();
        var callers = new ArrayList<CompletableFuture<Long>>();
        for (int caller = 0; caller < CALLERS; caller++) {
            callers.add(Scene.begin(() -> {
                long own = 0;
                while (!done.get()) {
                    assertThat(scene.proxy.greet("you")).startsWith("version");
                    own++;
                    calls.incrementAndGet();
                }
                return own;
            }));
        }

        long before = 0;
        for (int number = 1; number <= REPLACEMENTS || calls.get() < ENOUGH; number++) {
            // calls between any two replacements
            while (calls.get() <= before && callers.stream().noneMatch(CompletableFuture::isDone)) {
                Thread.onSpinWait();
            }
            before = calls.get();
            var next = new Version(number);
            var old = serving;
            if (gap) {
                scene.facade.remove(old);
                serving = scene.provide(number, next);
            } else {
                serving = scene.provide(number, next);
                scene.facade.remove(old);
            }
            assertThat(old.leases().awaitDrained(Duration.ofSeconds(20))).isTrue();
            version.gone = true;
            version = next;
        }
        done.set(true);

        long ended = 0;
        for (var caller : callers) {
            ended += Scene.end(caller);
        }
        assertThat(strayed).as("calls in a version that was gone").hasValue(0);
        var counts = scene.view().counts();
        assertThat(List.of(counts.calls(), counts.failures(), counts.refused(), counts.running(), counts.waiting()))
                .containsExactly(ended, 0L, 0L, 0L, 0L);
    }

    @Test
    void fallsBackToWhatIsLeft() throws Exception {
        scene.provide(1, name -> "one");
        var two = scene.provide(2, name -> "two");
        assertThat(scene.proxy.greet("you")).isEqualTo("two");

        scene.facade.remove(two);

        assertThat(scene.proxy.greet("you")).isEqualTo("one");
    }

    @Test
    void waitsAgainWhenTheProviderItWaitedForIsGoneAlready() throws Exception {
        scene.limit(Limits.of("*"));
        var call = scene.call("you");
        scene.awaitWaiting(1);
        for (int number = 1; number <= 100; number++) {
            scene.facade.remove(scene.provide(number, name -> "quick"));
        }
        scene.provide(1, name -> "at last");

        try {
            assertThat(Scene.end(call)).isIn("quick", "at last");
        } catch (CapabilityException refused) {
            throw new AssertionError("a caller saw an error", refused);
        }
    }
}
