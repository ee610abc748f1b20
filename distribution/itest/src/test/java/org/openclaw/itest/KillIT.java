package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.itest.ledger.Clients;
import org.openclaw.itest.ledger.History;
import org.openclaw.itest.ledger.Ledger;

/** Killed with -9 at any moment under load, the container has lost, doubled and swapped no acknowledged message. */
class KillIT {
    private static final int KILLS = Integer.getInteger("openclaw.kills", 20);
    private static final Clients.Load LOAD = new Clients.Load(32, 2_000, 0);
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    /** The profile that starts, and is warm, soonest. */
    private static final Map<String, String> QUICK = Map.of("CLAW_PROFILE", "small");

    @TempDir
    static Path temp;

    @Test
    void everyAcknowledgedMessageTakesEffectOnceAndInOrder() throws Exception {
        long seed = Long.getLong("openclaw.seed", System.nanoTime());
        System.out.printf("KillIT: %d kills, seed %d (replay with -Dopenclaw.seed=%d)%n", KILLS, seed, seed);
        var random = new Random(seed);
        try (var container = Container.started(Container.INSTALLATION, temp.resolve("home"), QUICK)) {
            var ledger = Ledger.deployed(container, temp.resolve("plugins"), LOAD.agents());
            var history = new History();
            try (var clients = new Clients(container, history, seed, LOAD)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    // an arbitrary moment, not a wait for anything
                    var _ = new CountDownLatch(1).await(random.nextInt(2_000), TimeUnit.MILLISECONDS);
                    killTheJvm(container);
                    container.launchAgain();
                    if (random.nextInt(4) > 0) { // otherwise the next kill meets it while it recovers
                        container.awaitReady();
                    }
                }
                container.awaitReady();
                clients.finish();
                System.out.printf(
                        "KillIT: %d messages acknowledged, which make %d turns; %d requests repeated, %d refused%n",
                        history.acknowledged(),
                        history.turns(),
                        clients.repeated(),
                        clients.refusals().count());
                assertThat(clients.troubles()).as("seed %d", seed).isEmpty();
                assertThat(clients.repeated())
                        .as("requests that a kill left without an answer")
                        .isPositive();
            }
            assertThat(ledger.difference(history))
                    .as(
                            "the first agent whose book differs from what was acknowledged, after %d kills, seed %d",
                            KILLS, seed)
                    .isEmpty();
        }
    }

    /** Not the shell of {@code bin/claw}, which becomes the JVM. */
    private static void killTheJvm(Container container) {
        Awaitility.await("the JVM")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> ProcessHandle.of(container.pid())
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/java"))
                        .isPresent());
        assertThat(container.kill()).as("exit code").isEqualTo(KILLED);
    }
}
