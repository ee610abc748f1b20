package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.itest.ledger.Clients;
import org.openclaw.itest.ledger.History;
import org.openclaw.itest.ledger.Ledger;
import org.openclaw.itest.ledger.Refusals.Refusal;

/** When the disk is full the door says so and takes nothing more; what it took before is still there. */
class FullDiskIT {
    private static final Clients.Load LOAD = new Clients.Load(32, 500, 16_000);
    /** Too little for a checkpoint; the files of the journal are there already, and used again and again. */
    private static final long ROOM = 64L * 1024;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path temp;

    @Test
    void theDoorClosesWhileThereIsRoomAndNothingAcknowledgedIsLost() throws Exception {
        fill(temp.resolve("reserve"));
    }

    @Test
    void theDoorClosesWhenThereIsNoRoomAndNothingAcknowledgedIsLost() throws Exception {
        var home = temp.resolve("no-reserve");
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/org.openclaw.agent.runtime.cfg"), "disk.reserve=0\n");
        fill(home);
    }

    private static void fill(Path home) throws Exception {
        long seed = Long.getLong("openclaw.seed", System.nanoTime());
        System.out.printf("FullDiskIT: seed %d (replay with -Dopenclaw.seed=%d)%n", seed, seed);
        var mounted = TightDisk.over(Files.createDirectories(home.resolve("data")));
        assumeThat(mounted)
                .as("a file system of its own, which needs Linux with unshare, nsenter and namespaces of users")
                .isPresent();
        try (var disk = mounted.get();
                var container = Container.started(disk.prefix(), home)) {
            var ledger =
                    Ledger.deployed(container, home.resolveSibling(home.getFileName() + "-plugins"), LOAD.agents());
            var history = new History();
            try (var clients = new Clients(container, history, seed, LOAD)) {
                Awaitility.await("some messages").atMost(PATIENCE).until(() -> history.acknowledged() > 100);
                disk.leave(ROOM);

                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(ofTheDisk(clients))
                                .as(
                                        "a refusal because the disk is full, after %d acknowledged messages, seed %d, beside %s",
                                        history.acknowledged(),
                                        seed,
                                        clients.refusals().byCode())
                                .isPresent());
                var refusal = ofTheDisk(clients).orElseThrow();
                assertThat(refusal.contentType()).startsWith("application/problem+json");
                assertThat(refusal.retryAfter()).as("Retry-After").matches("\\d+");

                container.kill();
                disk.grow();
                container.restart();
                clients.finish();
                System.out.printf(
                        "FullDiskIT: %d messages acknowledged, %d refused, such as %s%n",
                        history.acknowledged(), clients.refusals().count(), refusal.body());
                assertThat(clients.troubles()).as("seed %d", seed).isEmpty();
            }
            assertThat(ledger.difference(history))
                    .as("the first agent whose book differs from what was acknowledged, seed %d", seed)
                    .isEmpty();
        }
    }

    /** One that is not about a node or an agent that has much to do, which is answered with 503 too. */
    private static Optional<Refusal> ofTheDisk(Clients clients) {
        return clients.refusals().byCode().entrySet().stream()
                .filter(each -> each.getKey().contains("."))
                .filter(each ->
                        !each.getKey().startsWith("node.") && !each.getKey().startsWith("agent."))
                .map(Map.Entry::getValue)
                .filter(refusal -> refusal.status() == 503)
                .findFirst();
    }
}
