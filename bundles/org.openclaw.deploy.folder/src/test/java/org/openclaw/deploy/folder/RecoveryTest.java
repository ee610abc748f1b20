package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Digest;
import org.osgi.framework.Bundle;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/** Restarts, crashes and other people's hands. */
final class RecoveryTest {
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
    void servesTheSameAfterACrash() throws Exception {
        container.deploy("bot.jar", BOT_2);
        crash();
        container.awaitRunning("bot 2.0.0");
        container.awaitState("bot.jar", State.SERVING);
    }

    @Test
    void remembersTheLastBytesOfABadOverwriteAcrossACrash() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.deploy("bot.jar", BOT_2.unsigned());
        crash();
        // it has not settled before what it served last is there again
        assertThat(container.awaitCode("bot.jar", "signature.missing").text()).contains("Still serving: bot 1.0.0");
    }

    @Test
    void fallsBackWhenTheBytesThatCameBeforeTheCrashDoNotStart() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.kill();
        container.move("bot.jar", BOT_2.starting("fails").bytes());
        container = new TestContainer(home);
        container.awaitCode("bot.jar", "bundle.start.failed");
        container.awaitRunning("bot 1.0.0");
    }

    @Test
    void takesWhatWasReplacedWhileItWasDown() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.kill();
        container.move("bot.jar", BOT_2.bytes());
        container = new TestContainer(home);
        container.awaitRunning("bot 2.0.0");
    }

    @Test
    void forgetsWhatWasDeletedWhileItWasDown() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.kill();
        container.delete("bot.jar");
        container = new TestContainer(home);
        container.copy("bot.jar", new byte[] {1, 2, 3});
        assertThat(container.awaitCode("bot.jar", "zip.damaged").serving()).isEmpty();
        assertThat(container.running()).isEmpty();
    }

    @Test
    void buildsADamagedMemoryAgainFromTheFolder() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.kill();
        Files.write(container.data.resolve("deployments.json"), new byte[] {'{', -1, 0});
        container = new TestContainer(home);
        container.awaitRunning("bot 1.0.0");
        container.deploy("bot.jar", BOT_2.unsigned());
        crash();
        container.awaitRunning("bot 1.0.0");
    }

    @Test
    void removesTheRestOfAnUploadThatACrashCutShort() throws Exception {
        container.kill();
        var part = container.deploy.resolve(".bot.jar.7.upload.part");
        Files.write(part, new byte[] {1});
        container = new TestContainer(home);
        assertThat(part).doesNotExist();
    }

    @Test
    void keepsOnlyWhatIsNeededInTheStore() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.deploy("bot.jar", BOT_2);
        container.deploy("bot.jar", BOT_1.unsigned());
        container.await(
                "the store is tidy", () -> container.gate.stored(BOT_1.digest()).isEmpty());
        assertThat(container.gate.stored(BOT_2.digest())).isPresent();
    }

    @Test
    void takesOverWhatRunsWhenItIsRestartedAlone() throws Exception {
        container.deploy("bot.jar", BOT_1);
        var before = container.bundle("bot").getBundleId();
        container.reopenFolder();
        container.awaitState("bot.jar", State.SERVING);
        assertThat(container.bundle("bot").getBundleId()).isEqualTo(before);
    }

    @Test
    void stopsWhatWasRevokedWhileItWasAway() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.folder().close();
        container.gate.revoke(BOT_1.digest());
        container.reopenFolder();
        container.awaitRunning();
    }

    @Test
    void knowsEveryFileAsSoonAsItIsThere() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.reopenFolder();
        assertThat(container.folder().file("bot.jar")).isPresent();
    }

    @Test
    void startsAgainWhatSomebodyStopped() throws Exception {
        container.deploy("bot.jar", BOT_1);
        var stopped = container.bundle("bot");
        stopped.stop();
        awaitAnotherThan(stopped);
    }

    @Test
    void installsAgainWhatSomebodyUninstalled() throws Exception {
        container.deploy("bot.jar", BOT_1);
        var uninstalled = container.bundle("bot");
        uninstalled.uninstall();
        awaitAnotherThan(uninstalled);
    }

    @Test
    void putsBackTheVerifiedBytesWhenSomebodyUpdatesABundle() throws Exception {
        container.deploy("bot.jar", BOT_1);
        var updated = container.bundle("bot");
        updated.update(new ByteArrayInputStream(
                Jar.of("bot", "6.6.6").withAgents("triage").unsigned().bytes()));
        awaitAnotherThan(updated);
    }

    @Test
    void survivesARoundThatTheGateBreaks() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.gate.breakNextRecheck();
        container.gate.revoke(BOT_1.digest());
        container.awaitRunning();
    }

    private void awaitAnotherThan(Bundle before) {
        container.await(
                "another bundle than " + before,
                () -> before.getState() == Bundle.UNINSTALLED
                        && container.running().equals(List.of("bot 1.0.0")));
        container.awaitState("bot.jar", State.SERVING);
    }

    @Test
    void doesNotTouchUnrelatedBundlesWhenALibraryIsReplaced() throws Exception {
        container.deploy("lib.jar", Jar.of("lib", "1.0.0").exporting("acme.lib"));
        container.deploy("user.jar", Jar.of("user", "1.0.0").importing("acme.lib"));
        container.deploy("unrelated.jar", Jar.of("unrelated", "1.0.0"));
        var touched = new ConcurrentLinkedQueue<String>();
        container.context().addBundleListener((SynchronousBundleListener) event -> {
            if (!event.getBundle().getSymbolicName().equals("lib")) {
                touched.add(event.getBundle() + " " + event.getType());
            }
        });
        container.deploy("lib.jar", Jar.of("lib", "1.1.0").exporting("acme.lib"));
        container.awaitRunning("lib 1.1.0", "unrelated 1.0.0", "user 1.0.0");
        TestContainer.settled(container.folder().undeploy("lib.jar"));
        assertThat(touched).isEmpty();
    }

    @Test
    void leavesNothingBehindAfterFiftyReplacements() throws Exception {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        for (var i = 0; i < 50; i++) {
            container.deploy("bot.jar", Jar.of("bot", "1.0." + i).withAgents("triage"));
            container.awaitRunning("bot 1.0." + i);
            loaders.add(new WeakReference<>(
                    container.bundle("bot").adapt(BundleWiring.class).getClassLoader()));
        }
        var old = loaders.subList(0, 49);
        container.await("class loaders collected", () -> {
            System.gc();
            return old.stream().allMatch(loader -> loader.refersTo(null));
        });
        container.await(
                "worker threads ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("openclaw-deploy-st")));
        assertThat(container.running()).containsExactly("bot 1.0.49");
    }

    /** Copies of everything on the disk, taken while versions are being replaced, are what crashes leave. */
    @Test
    void comesIntoAgreementFromAnyMomentOfADeployment() throws Exception {
        var crashes = new ArrayList<Path>();
        var deployer = new CompletableFuture<Void>();
        var thread = Thread.ofPlatform().start(() -> {
            try {
                for (var i = 1; i < 25; i++) {
                    var jar = Jar.of("bot", "1.0." + i).withAgents("triage");
                    container.deploy("bot.jar", i % 5 == 0 ? jar.unsigned() : jar);
                }
                deployer.complete(null);
            } catch (Exception failure) {
                deployer.completeExceptionally(failure);
            }
        });
        container.awaitState("bot.jar", State.SERVING);
        for (var i = 0; !deployer.isDone() && crashes.size() < 8; i++) {
            var copy = home.resolve("crash-" + i);
            var before = moment();
            copy(copy);
            // a copy takes its time; only one during which no deployment went on is a moment
            if (moment().equals(before)) {
                crashes.add(copy);
            }
        }
        thread.join();
        TestContainer.settled(deployer);
        for (var crash : crashes) {
            try (var restarted = new TestContainer(crash)) {
                restarted.await(
                        "settled",
                        () -> restarted.folder().files().stream()
                                .allMatch(row -> row.state() == State.SERVING || row.state() == State.REFUSED));
                var row = restarted.folder().file("bot.jar").orElseThrow();
                restarted.awaitRunning("bot " + row.serving().orElseThrow().version());
            }
        }
        assertThat(crashes).isNotEmpty();
    }

    private String moment() throws Exception {
        var file = container.deploy.resolve("bot.jar");
        return Files.readString(container.data.resolve("deployments.json")) + Digest.of(Files.readAllBytes(file));
    }

    private void copy(Path to) throws Exception {
        for (var place : List.of("data/artifacts", "data", "deploy")) {
            Files.createDirectories(to.resolve(place));
            try (var files = Files.list(home.resolve(place))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    try {
                        Files.copy(file, to.resolve(place).resolve(file.getFileName()));
                    } catch (NoSuchFileException goneMeanwhile) {
                        assertThat(file.getFileName().toString()).matches(".*\\.(tmp|part|jar)");
                    }
                }
            }
        }
    }

    @Test
    void endsItsThreads() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.folder().close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.equals("openclaw-deploy"));
        assertThat(container.running()).containsExactly("bot 1.0.0");
    }

    private void crash() throws Exception {
        container.kill();
        container = new TestContainer(home);
    }
}
