package org.openclaw.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.capability.CapabilityException;

class FacadeTest {
    private final Facade facade = new Facade("greeting");
    private final Greeting proxy =
            (Greeting) Proxy.newProxyInstance(Greeting.class.getClassLoader(), new Class<?>[] {Greeting.class}, facade);

    interface Greeting {
        String greet(String name) throws IOException;
    }

    private static Facade.Provider provider(int major, Greeting service) {
        return new Facade.Provider(service, new Precedence(major, 0, 0, "", 0, 1));
    }

    @Test
    void saysWhatToDoWhenThereIsNoProvider() {
        assertThatThrownBy(() -> proxy.greet("you"))
                .isInstanceOfSatisfying(
                        CapabilityException.class,
                        unavailable -> assertThat(unavailable.code()).isEqualTo("capability.unavailable"))
                .hasMessageContaining("'greeting'");
    }

    @Test
    void asksTheProviderWithTheHighestVersion() throws IOException {
        facade.add(provider(2, name -> "two " + name));
        facade.add(provider(1, name -> "one " + name));

        assertThat(proxy.greet("you")).isEqualTo("two you");
    }

    @Test
    void throwsWhatTheProviderThrows() {
        facade.add(provider(1, name -> {
            throw new IOException("no voice for " + name);
        }));

        assertThatThrownBy(() -> proxy.greet("you"))
                .isInstanceOf(IOException.class)
                .hasMessage("no voice for you");
    }

    @Test
    void endsACallWhereItBegan() throws Exception {
        var reached = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var old = provider(1, name -> {
            reached.countDown();
            try {
                gate.await();
            } catch (InterruptedException hurried) {
                throw new IOException(hurried);
            }
            return "old " + name;
        });
        facade.add(old);
        var inFlight = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                inFlight.complete(proxy.greet("you"));
            } catch (IOException failed) {
                inFlight.completeExceptionally(failed);
            }
        });
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

        facade.add(provider(2, name -> "new " + name));
        facade.remove(old);

        assertThat(proxy.greet("me")).isEqualTo("new me");
        assertThat(old.leases().awaitDrained(Duration.ofMillis(1))).isFalse();
        gate.countDown();
        assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo("old you");
        assertThat(old.leases().awaitDrained(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void answersForItselfWhatEveryObjectAnswers() {
        var other = (Greeting)
                Proxy.newProxyInstance(Greeting.class.getClassLoader(), new Class<?>[] {Greeting.class}, facade);

        assertThat(new HashSet<>(List.of(proxy, other))).hasSize(2).contains(proxy, other);
        assertThat(proxy).hasToString("capability 'greeting'");
    }
}
