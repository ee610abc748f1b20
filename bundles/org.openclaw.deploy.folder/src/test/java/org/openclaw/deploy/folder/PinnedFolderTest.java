package org.openclaw.deploy.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Deployment.Candidate;
import org.openclaw.deploy.Pinning;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.Version;

/** What an operator sees of a bundle that is pinned to a version. */
final class PinnedFolderTest {
    private static final Jar BOT_1 = Jar.of("bot", "1.0.0").withAgents("triage");
    private static final Jar BOT_2 = Jar.of("bot", "2.0.0").withAgents("triage");
    private static final Jar BOT_3 = Jar.of("bot", "3.0.0").withAgents("triage");

    @TempDir
    Path home;

    private TestContainer container;

    @BeforeEach
    void open() throws Exception {
        container = new TestContainer(home, Duration.ofMillis(300));
        container.deploy("bot-1.jar", BOT_1);
        container.deploy("bot-2.jar", BOT_2);
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    @Test
    void listsTheVersionsOfABundleTheHighestFirst() {
        container.awaitRunning("bot 2.0.0");
        var deployment = container.folder().deployment("bot").orElseThrow();
        assertThat(container.folder().deployments()).containsExactly(deployment);
        assertThat(deployment.serving()).contains(new Version("2.0.0"));
        assertThat(deployment.pinned()).isEmpty();
        assertThat(deployment.text()).isEqualTo("bot 2.0.0 serves.");
        assertThat(deployment.versions())
                .extracting(
                        candidate -> candidate.artifact().digest(),
                        Candidate::fileName,
                        Candidate::state,
                        Candidate::agents)
                .containsExactly(
                        tuple(BOT_2.digest(), "bot-2.jar", State.SERVING, List.of("triage")),
                        tuple(BOT_1.digest(), "bot-1.jar", State.SUPERSEDED, List.of("triage")));
    }

    @Test
    void goesBackToAnOlderVersionLive() throws Exception {
        var deployment = pin("1.0.0");
        assertThat(deployment.serving()).contains(new Version("1.0.0"));
        assertThat(deployment.text()).isEqualTo("bot is pinned to 1.0.0.");
        assertThat(container.running()).containsExactly("bot 1.0.0");
        assertThat(container.folder().file("bot-2.jar").orElseThrow().state()).isEqualTo(State.SUPERSEDED);
        assertThat(container.folder().file("bot-2.jar").orElseThrow().text())
                .endsWith(" It is held back. bot is pinned to 1.0.0.");
        assertThat(container.deploy.resolve("pins.json")).hasContent("{\n  \"bot\": \"1.0.0\"\n}\n");
    }

    @Test
    void swapsWithoutAGapBothWays() throws Exception {
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
        container.awaitRunning("bot 2.0.0");
        container.context().addServiceListener(count, "(agent.type=triage)");
        pin("1.0.0");
        unpin();
        assertThat(container.running()).containsExactly("bot 2.0.0");
        assertThat(fewest).hasValue(1);
    }

    @Test
    void holdsALaterVersionBackUntilItIsUnpinned() throws Exception {
        pin("1.0.0");
        assertThat(container.deploy("bot-3.jar", BOT_3).state()).isEqualTo(State.SUPERSEDED);
        assertThat(container.running()).containsExactly("bot 1.0.0");
        assertThat(unpin().serving()).contains(new Version("3.0.0"));
        assertThat(container.running()).containsExactly("bot 3.0.0");
    }

    @Test
    void holdsALaterVersionBackThatOverwritesThePinnedOneInItsPlace() throws Exception {
        pin("1.0.0");
        var row = container.deploy("bot-1.jar", BOT_3);
        assertThat(row.state()).isEqualTo(State.SUPERSEDED);
        assertThat(row.serving().orElseThrow().digest()).isEqualTo(BOT_1.digest());
        assertThat(container.running()).containsExactly("bot 1.0.0");
        crash();
        container.awaitState("bot-1.jar", State.SUPERSEDED);
        assertThat(container.running()).containsExactly("bot 1.0.0");
        assertThat(unpin().serving()).contains(new Version("3.0.0"));
    }

    @Test
    void keepsThePinAcrossACrash() throws Exception {
        pin("1.0.0");
        crash();
        container.awaitState("bot-1.jar", State.SERVING);
        container.awaitState("bot-2.jar", State.SUPERSEDED);
        assertThat(container.running()).containsExactly("bot 1.0.0");
    }

    @Test
    void neverStartsAHigherVersionAfterACrash() throws Exception {
        pin("1.0.0");
        container.kill();
        container = new TestContainer(home, Duration.ofMillis(300));
        container.awaitState("bot-2.jar", State.SUPERSEDED);
        assertThat(container.gate.installedVersions()).containsExactly("1.0.0");
    }

    @Test
    void takesPinsFromAnOperatorsHand() throws Exception {
        write("{\"bot\": \"1.0.0\"}");
        container.awaitRunning("bot 1.0.0");
        write("{}");
        container.awaitRunning("bot 2.0.0");
    }

    @Test
    void goesOnServingWhileThePinnedVersionIsNotThere() throws Exception {
        pin("1.0.0");
        write("{\"bot\": \"3.0.0\"}");
        container.await("the pin", () -> text().contains("pinned to 3.0.0"));
        assertThat(text())
                .isEqualTo("bot is pinned to 3.0.0, which no trusted file in deploy/ brings; 1.0.0 serves meanwhile."
                        + " Put that version into deploy/, or let the highest version serve: claw unpin bot.");
        assertThat(container.folder().file("bot-1.jar").orElseThrow().text()).endsWith(text());
        crash();
        container.awaitState("bot-1.jar", State.SERVING);
        assertThat(container.running()).containsExactly("bot 1.0.0");
        assertThat(container.deploy("bot-3.jar", BOT_3).state()).isEqualTo(State.SERVING);
        container.awaitRunning("bot 3.0.0");
    }

    @Test
    void goesOnServingWhenThePinnedVersionDoesNotComeUp() throws Exception {
        container.deploy("bad.jar", BOT_3.starting("fails"));
        var deployment = pin("3.0.0");
        assertThat(deployment.isAsWanted()).isFalse();
        assertThat(deployment.serving()).contains(new Version("2.0.0"));
        assertThat(deployment.text())
                .startsWith("bot is pinned to 3.0.0, which does not come up (it did not start: ")
                .contains("no port left", "[bundle.start.failed]", "2.0.0 serves meanwhile", "claw unpin bot");
        container.deploy("bad.jar", BOT_3);
        container.awaitRunning("bot 3.0.0");
    }

    @Test
    void letsAnotherTakeOverWhenThePinnedFileIsDeleted() throws Exception {
        pin("1.0.0");
        TestContainer.settled(container.folder().undeploy("bot-1.jar"));
        assertThat(container.running()).containsExactly("bot 2.0.0");
        assertThat(text()).contains("pinned to 1.0.0", "2.0.0 serves meanwhile");
        container.deploy("bot-1.jar", BOT_1);
        container.awaitRunning("bot 1.0.0");
    }

    @Test
    void showsAPinWhoseBundleIsGoneUntilItIsUnpinned() throws Exception {
        pin("1.0.0");
        TestContainer.settled(container.folder().undeploy("bot-1.jar"));
        TestContainer.settled(container.folder().undeploy("bot-2.jar"));
        var deployment = container.folder().deployment("bot").orElseThrow();
        assertThat(deployment.versions()).isEmpty();
        assertThat(deployment.serving()).isEmpty();
        assertThat(deployment.pinned()).contains(new Version("1.0.0"));
        assertThat(unpin().pinned()).isEmpty();
        assertThat(container.folder().deployments()).isEmpty();
    }

    @Test
    void letsARevocationWinOverThePin() throws Exception {
        pin("1.0.0");
        container.gate.revoke(BOT_1.digest());
        container.awaitRunning("bot 2.0.0");
        assertThat(container.awaitCode("bot-1.jar", "revoked.file").serving()).isEmpty();
    }

    @Test
    void unpinsNothingByADamagedFileAndSaysSo() throws Exception {
        pin("1.0.0");
        write("{\"bot\": ");
        var row = container.awaitCode("pins.json", "pins.malformed");
        assertThat(row.state()).isEqualTo(State.REFUSED);
        assertThat(row.text()).contains("line 1", "Correct it", "(bot 1.0.0)");
        assertThat(container.running()).containsExactly("bot 1.0.0");
        assertThat(TestContainer.settled(container.folder().pin("bot", new Version("2.0.0"))))
                .isInstanceOf(Pinning.Unreadable.class);
        crash();
        container.awaitState("bot-2.jar", State.SUPERSEDED);
        assertThat(container.running()).containsExactly("bot 1.0.0");
        write("{}");
        container.awaitRunning("bot 2.0.0");
        container.await(
                "no row of the pins", () -> container.folder().file("pins.json").isEmpty());
    }

    @Test
    void isNoFileOfTheFolder() throws Exception {
        pin("1.0.0");
        assertThat(container.folder().files())
                .extracting(DeployedFile::fileName)
                .containsExactly("bot-1.jar", "bot-2.jar");
        assertThat(TestContainer.settled(container.folder().undeploy("pins.json")))
                .isFalse();
        assertThat(container.deploy.resolve("pins.json")).exists();
    }

    @Test
    void refusesToPinWhatIsNotThere() throws Exception {
        var version = TestContainer.settled(container.folder().pin("bot", new Version("9.0.0")));
        assertThat(version).isInstanceOf(Pinning.UnknownVersion.class);
        assertThat(version.text()).contains("bot 9.0.0", "expected one of: 2.0.0, 1.0.0");
        assertThat(TestContainer.settled(container.folder().pin("fox", new Version("1.0.0"))))
                .isEqualTo(new Pinning.UnknownDeployment("fox"));
        assertThat(TestContainer.settled(container.folder().unpin("fox")))
                .isEqualTo(new Pinning.UnknownDeployment("fox"));
        assertThat(container.deploy.resolve("pins.json")).doesNotExist();
    }

    @Test
    void pinsWhatServesWithoutMovingAnything() throws Exception {
        container.awaitRunning("bot 2.0.0");
        var before = container.bundle("bot");
        assertThat(pin("2.0.0").serving()).contains(new Version("2.0.0"));
        assertThat(container.bundle("bot")).isSameAs(before);
    }

    private Deployment pin(String version) throws Exception {
        return done(TestContainer.settled(container.folder().pin("bot", new Version(version))));
    }

    private Deployment unpin() throws Exception {
        return done(TestContainer.settled(container.folder().unpin("bot")));
    }

    private static Deployment done(Pinning pinning) {
        assertThat(pinning).as(pinning.text()).isInstanceOf(Pinning.Done.class);
        return ((Pinning.Done) pinning).deployment();
    }

    private String text() {
        return container.folder().deployment("bot").map(Deployment::text).orElse("");
    }

    private void write(String pins) throws Exception {
        Files.writeString(container.deploy.resolve("pins.json"), pins);
    }

    private void crash() throws Exception {
        container.kill();
        container = new TestContainer(home, Duration.ofMillis(300));
    }
}
