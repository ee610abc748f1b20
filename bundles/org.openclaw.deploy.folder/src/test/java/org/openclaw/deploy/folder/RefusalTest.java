package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Verdict;

/** What does not run, and what is said about it. */
final class RefusalTest {
    private static final Jar BOT_1 = Jar.of("bot", "1.0.0");

    @TempDir
    Path home;

    private TestContainer container;

    @BeforeEach
    void open() throws Exception {
        container = new TestContainer(home, Duration.ofMillis(500));
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    @Test
    void hasAVerdictOnEveryEntry() throws Exception {
        Files.createDirectory(container.deploy.resolve("folder.jar"));
        Files.createSymbolicLink(
                container.deploy.resolve("link.jar"),
                Files.write(container.data.resolve("elsewhere.jar"), BOT_1.bytes()));
        container.copy("notes.txt", new byte[] {1});
        container.copy("bot.jar", BOT_1.unsigned().bytes());
        container.awaitCode("folder.jar", "file.directory");
        container.awaitCode("link.jar", "file.symlink");
        container.awaitCode("notes.txt", "file.not-a-jar");
        container.awaitCode("bot.jar", "signature.missing");
    }

    @Test
    void leavesHiddenAndUnfinishedNamesAlone() throws Exception {
        container.copy(".bot.jar", BOT_1.bytes());
        container.copy("bot.jar.part", BOT_1.bytes());
        container.copy("bot.tmp", BOT_1.bytes());
        container.deploy("other.jar", Jar.of("other", "1.0.0"));
        assertThat(container.folder().files())
                .singleElement()
                .extracting("fileName")
                .isEqualTo("other.jar");
    }

    @Test
    void refusesMoreFilesThanItsBoundUntilOneGoes() throws Exception {
        for (var i = 0; i < 20; i++) {
            container.deploy("bot-%02d.jar".formatted(i), Jar.of("bot" + i, "1.0.0"));
        }
        assertThat(TestContainer.code(Optional.of(container.deploy("late.jar", BOT_1))))
                .isEqualTo("folder.full");
        container.delete("bot-07.jar");
        container.awaitState("late.jar", State.SERVING);
    }

    @Test
    void triesAgainWhatCouldNotBeRead() throws Exception {
        container.gate.failAdmissionsWith(new AccessDeniedException("bot.jar"));
        container.move("bot.jar", BOT_1.bytes());
        assertThat(container.awaitCode("bot.jar", "file.unreadable").text()).contains("AccessDenied");
        container.gate.workAgain();
        container.awaitState("bot.jar", State.SERVING);
    }

    @Test
    void saysWhatIsMissingAndServesOnceItComes() throws Exception {
        var row = container.deploy("bot.jar", BOT_1.importing("acme.money;version=\"[2.0,3.0)\""));
        assertThat(row.text())
                .isEqualTo("Refused bot.jar: it needs package acme.money version [2.0.0,3.0.0), which nobody has"
                        + " (expected: a bundle that provides it). Drop a bundle that provides it into deploy/;"
                        + " this file is tried again then. [bundle.unresolved]");
        assertThat(container.running()).isEmpty();
        container.deploy("money.jar", Jar.of("money", "2.1.0").exporting("acme.money;version=2.1.0"));
        container.awaitState("bot.jar", State.SERVING);
        container.awaitRunning("bot 1.0.0", "money 2.1.0");
    }

    @Test
    void saysWhoHasSomethingNear() throws Exception {
        container.deploy("money.jar", Jar.of("money", "1.4.0").exporting("acme.money;version=1.4.0"));
        var row = container.deploy("bot.jar", BOT_1.importing("acme.money;version=\"[2.0,3.0)\""));
        assertThat(row.text()).contains("acme.money version [2.0.0,3.0.0) (near: money 1.4.0 has version 1.4.0)");
    }

    @Test
    void saysWhichCapabilityIsMissing() throws Exception {
        var row = container.deploy(
                "bot.jar", BOT_1.with("Require-Capability", "acme.tool;filter:=\"(acme.tool=search)\""));
        assertThat(row.text()).contains("it needs acme.tool search, which nobody has");
    }

    @Test
    void servesBundlesThatNeedEachOtherInAnyOrder() throws Exception {
        var first = container
                .folder()
                .deploy("a.jar", stream(Jar.of("a", "1.0.0").importing("b").exporting("a")));
        container.move(
                "b.jar", Jar.of("b", "1.0.0").importing("c").exporting("b").bytes());
        container.move("c.jar", Jar.of("c", "1.0.0").exporting("c").bytes());
        TestContainer.settled(first);
        container.awaitRunning("a 1.0.0", "b 1.0.0", "c 1.0.0");
    }

    @Test
    void keepsTheOldVersionWhenTheNewOneDoesNotStart() throws Exception {
        container.deploy("bot.jar", BOT_1);
        var row = container.deploy("bot.jar", Jar.of("bot", "2.0.0").starting("fails"));
        assertThat(row.text())
                .contains("it did not start: java.lang.IllegalStateException: no port left")
                .contains("[bundle.start.failed]")
                .contains("Still serving: bot 1.0.0");
        assertThat(container.running()).containsExactly("bot 1.0.0");
    }

    @Test
    void keepsTheOldVersionWhenTheNewOnesAgentsDoNotCome() throws Exception {
        container.deploy("bot-1.jar", BOT_1.withAgents("triage"));
        var row = container.deploy(
                "bot-2.jar",
                Jar.of("bot", "2.0.0").withAgents("triage,escalate").starting("is silent"));
        assertThat(row.text())
                .contains("declares agent type 'triage', 'escalate', but no Agent service of it came within 500 ms")
                .contains("Put @Component on the class with @AgentType")
                .contains("[agent.unsatisfied]");
        assertThat(container.running()).containsExactly("bot 1.0.0");
        assertThat(container.folder().file("bot-1.jar").orElseThrow().state()).isEqualTo(State.SERVING);
    }

    @Test
    void doesNotLetAHangingActivatorHoldUpTheOthers() throws Exception {
        container.move("stuck.jar", Jar.of("stuck", "1.0.0").starting("hangs").bytes());
        container.await("the hanging start", () -> !container.running().isEmpty());
        assertThat(container.deploy("bot.jar", BOT_1).state()).isEqualTo(State.SERVING);
        assertThat(TestContainer.settled(container.folder().undeploy("stuck.jar")))
                .isTrue();
        assertThat(container.running()).containsExactly("bot 1.0.0");
    }

    @Test
    void stopsARevokedBundleAtOnce() throws Exception {
        var row = container.deploy("bot.jar", BOT_1);
        assertThat(row.state()).isEqualTo(State.SERVING);
        container.gate.revoke(BOT_1.digest());
        container.awaitRunning();
        assertThat(container.awaitCode("bot.jar", "revoked.file").serving()).isEmpty();
    }

    @Test
    void fallsBackToAnotherFileWhenABundleIsRevoked() throws Exception {
        var newer = Jar.of("bot", "2.0.0");
        container.deploy("bot-1.jar", BOT_1);
        container.deploy("bot-2.jar", newer);
        container.gate.revoke(newer.digest());
        container.awaitRunning("bot 1.0.0");
    }

    @Test
    void doesNotFallBackToRevokedBytes() throws Exception {
        container.deploy("bot.jar", BOT_1);
        container.deploy("bot.jar", Jar.of("bot", "2.0.0").unsigned());
        container.gate.revoke(BOT_1.digest());
        container.awaitRunning();
        container.await(
                "nothing serves for the file",
                () -> container.folder().file("bot.jar").orElseThrow().serving().isEmpty());
    }

    @Test
    void judgesARefusedFileAgainWhenThePolicyChanges() throws Exception {
        container.gate.failAdmissionsWith(new IOException("the trust store is being written"));
        assertThat(TestContainer.code(Optional.of(container.deploy("bot.jar", BOT_1))))
                .isEqualTo("store.unwritable");
        container.gate.workAgain();
        container.awaitState("bot.jar", State.SERVING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bot", "bot.zip", ".bot.jar", "a/bot.jar", "a\\bot.jar", "..", "bot\n.jar"})
    void takesOnlyPlainJarNames(String name) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> container.folder().deploy(name, stream(BOT_1)))
                .withMessageContaining("expected: a plain name");
    }

    @Test
    void changesNothingWhenAnUploadIsTooLarge() throws Exception {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        container.folder().deploy("bot.jar", new ByteArrayInputStream(new byte[(1 << 20) + 1])))
                .withMessageContaining("more than 1048576 bytes");
        try (var files = Files.list(container.deploy)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void rowsCarryTheVerdictOfThePresentBytes() throws Exception {
        var row = container.deploy("bot.jar", BOT_1);
        assertThat(row.verdict()).get().isInstanceOf(Verdict.Trusted.class);
        assertThat(row.took()).isLessThan(Duration.ofSeconds(5));
    }

    private static ByteArrayInputStream stream(Jar jar) {
        return new ByteArrayInputStream(jar.bytes());
    }
}
