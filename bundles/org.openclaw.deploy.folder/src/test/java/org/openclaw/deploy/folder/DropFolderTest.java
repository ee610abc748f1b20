package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.DeployedFile.State;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.SynchronousBundleListener;

/** What an operator sees of the drop folder. */
final class DropFolderTest {
    private static final Jar BOT_1 = Jar.of("bot", "1.0.0").withAgents("triage");
    private static final Jar BOT_2 = Jar.of("bot", "2.0.0").withAgents("triage");

    @TempDir
    Path home;

    private TestContainer container;

    @BeforeEach
    void open() throws Exception {
        container = new TestContainer(home);
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    @Test
    void servesACopiedJar() throws Exception {
        container.copy("bot.jar", BOT_1.bytes());
        var row = container.awaitState("bot.jar", State.SERVING);
        assertThat(row.text()).startsWith("Trusted bot.jar: bot 1.0.0");
        assertThat(container.running()).containsExactly("bot 1.0.0");
    }

    @Test
    void servesAMovedJar() throws Exception {
        container.move("bot.jar", BOT_1.bytes());
        assertThat(container
                        .awaitState("bot.jar", State.SERVING)
                        .serving()
                        .orElseThrow()
                        .digest())
                .isEqualTo(BOT_1.digest());
    }

    @Test
    void tellsTheDeployerWhenItServes() throws Exception {
        assertThat(container.deploy("bot.jar", BOT_1).state()).isEqualTo(State.SERVING);
        assertThat(container.running()).containsExactly("bot 1.0.0");
    }

    @Test
    void tellsTheDeployerWhyItIsRefused() throws Exception {
        var row = container.deploy("bot.jar", BOT_1.unsigned());
        assertThat(row.text()).isEqualTo("Refused bot.jar: it is not signed. Sign it. [signature.missing]");
        assertThat(container.running()).isEmpty();
    }

    @Test
    void retiresTheOldVersionWhenANewerOneLiesBesideIt() throws Exception {
        container.deploy("bot-1.jar", BOT_1);
        container.deploy("bot-2.jar", BOT_2);
        container.awaitRunning("bot 2.0.0");
        assertThat(container.awaitState("bot-1.jar", State.SUPERSEDED).serving())
                .isEmpty();
    }

    @Test
    void supersedesAnOlderVersionThatComesLater() throws Exception {
        container.deploy("bot-2.jar", BOT_2);
        assertThat(container.deploy("bot-1.jar", BOT_1).state()).isEqualTo(State.SUPERSEDED);
        assertThat(container.running()).containsExactly("bot 2.0.0");
    }

    @Test
    void replacesInPlaceWithoutAGap() throws Exception {
        container.deploy("bot.jar", BOT_1);
        var agents = new AtomicInteger(1);
        var fewest = new AtomicInteger(1);
        ServiceListener count = event -> {
            switch (event.getType()) {
                case ServiceEvent.REGISTERED -> agents.incrementAndGet();
                case ServiceEvent.UNREGISTERING -> fewest.accumulateAndGet(agents.decrementAndGet(), Math::min);
                default -> {
                    // neither comes nor goes
                }
            }
        };
        container.context().addServiceListener(count, "(agent.type=triage)");
        container.deploy("bot.jar", BOT_2);
        container.awaitRunning("bot 2.0.0");
        assertThat(fewest).hasValue(1);
    }

    @Test
    void goesBackInPlaceToALowerVersion() throws Exception {
        container.deploy("bot.jar", BOT_2);
        container.deploy("bot.jar", BOT_1);
        container.awaitRunning("bot 1.0.0");
    }

    @Test
    void uninstallsWhatIsDeleted() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.delete("bot.jar");
        container.awaitRunning();
        // the row goes after the bundle
        container.await("no file", () -> container.folder().files().isEmpty());
    }

    @Test
    void letsALowerVersionTakeOverBeforeTheDeletedOneStops() throws Exception {
        container.deploy("bot-1.jar", BOT_1);
        container.deploy("bot-2.jar", BOT_2);
        container.awaitRunning("bot 2.0.0");
        var order = new ConcurrentLinkedQueue<String>();
        container.context().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STARTED || event.getType() == BundleEvent.STOPPING) {
                order.add(event.getType() + " " + event.getBundle().getVersion());
            }
        });
        container.delete("bot-2.jar");
        container.awaitRunning("bot 1.0.0");
        assertThat(order).containsExactly(BundleEvent.STARTED + " 1.0.0", BundleEvent.STOPPING + " 2.0.0");
    }

    @Test
    void movesAnUndeployedFileToTheTrash() throws Exception {
        container.deploy("bot.jar", BOT_1);
        assertThat(TestContainer.settled(container.folder().undeploy("bot.jar")))
                .isTrue();
        assertThat(container.running()).isEmpty();
        assertThat(trash()).singleElement().asString().endsWith("-bot.jar");
    }

    @Test
    void keepsABoundedTrash() throws Exception {
        for (var i = 0; i < 5; i++) {
            container.deploy("bot.jar", BOT_1);
            TestContainer.settled(container.folder().undeploy("bot.jar"));
        }
        assertThat(trash()).hasSize(3);
    }

    @Test
    void saysThatThereWasNothingToUndeploy() throws Exception {
        assertThat(TestContainer.settled(container.folder().undeploy("bot.jar")))
                .isFalse();
        assertThat(TestContainer.settled(container.folder().undeploy("../data/x")))
                .isFalse();
    }

    @Test
    void waitsForTheRestOfAHalfWrittenFile() throws Exception {
        var bytes = BOT_1.bytes();
        var half = bytes.length / 2;
        try (var file = Files.newOutputStream(container.deploy.resolve("bot.jar"))) {
            file.write(bytes, 0, half);
            file.flush();
            container.awaitState("bot.jar", State.ARRIVING);
            // by then the first half has been judged, and its refusal does not count yet
            container.deploy("other.jar", Jar.of("other", "1.0.0"));
            assertThat(container.folder().file("bot.jar").orElseThrow().state()).isEqualTo(State.ARRIVING);
            file.write(bytes, half, bytes.length - half);
        }
        container.awaitState("bot.jar", State.SERVING);
    }

    @Test
    void refusesAFileThatNeverBecomesWhole() throws Exception {
        container.copy("bot.jar", Arrays.copyOf(BOT_1.bytes(), 300));
        container.awaitState("bot.jar", State.ARRIVING);
        container.awaitCode("bot.jar", "zip.damaged");
    }

    @Test
    void servesTheLastBytesWhileTheFileIsOverwritten() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.copy("bot.jar", Arrays.copyOf(BOT_2.bytes(), 300));
        var row = container.awaitState("bot.jar", State.ARRIVING);
        assertThat(row.serving().orElseThrow().digest()).isEqualTo(BOT_1.digest());
        container.copy("bot.jar", BOT_2.bytes());
        container.awaitRunning("bot 2.0.0");
    }

    @Test
    void keepsServingTheLastBytesAfterABadOverwrite() throws Exception {
        container.deploy("bot.jar", BOT_1);
        var row = container.deploy("bot.jar", BOT_2.unsigned());
        assertThat(row.text()).contains("[signature.missing]").contains("Still serving: bot 1.0.0");
        assertThat(container.running()).containsExactly("bot 1.0.0");
    }

    @Test
    void stopsTheLastBytesWhenTheBadFileIsDeleted() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.deploy("bot.jar", BOT_2.unsigned());
        TestContainer.settled(container.folder().undeploy("bot.jar"));
        assertThat(container.running()).isEmpty();
    }

    @Test
    void servesTheSameBytesUnderTwoNamesOnce() throws Exception {
        container.deploy("a.jar", BOT_1);
        assertThat(container.deploy("b.jar", BOT_1).state()).isEqualTo(State.SERVING);
        TestContainer.settled(container.folder().undeploy("a.jar"));
        assertThat(container.running()).containsExactly("bot 1.0.0");
    }

    @Test
    void serialisesTwoWritersOfOneName() throws Exception {
        for (var i = 0; i < 10; i++) {
            var one = container.folder().deploy("bot.jar", new ByteArrayInputStream(BOT_1.bytes()));
            var racer = new CompletableFuture<DeployedFile>();
            var thread = Thread.ofPlatform().start(() -> {
                try {
                    racer.complete(container.deploy("bot.jar", BOT_2));
                } catch (Exception failure) {
                    racer.completeExceptionally(failure);
                }
            });
            var first = TestContainer.settled(one);
            var second = TestContainer.settled(racer);
            thread.join();
            assertThat(second.state()).isEqualTo(State.SERVING);
            assertThat(TestContainer.code(Optional.of(first))).isIn("", "file.overtaken");
            container.awaitRunning("bot 2.0.0");
        }
    }

    private List<Path> trash() throws Exception {
        try (var files = Files.list(container.data.resolve("trash"))) {
            return files.toList();
        }
    }
}
