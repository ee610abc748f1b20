package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentCounts;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Verdict;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.NodeStatus.DiskUse;
import org.openclaw.telemetry.Severity;
import org.osgi.framework.Version;

/** Every finding: when it is there, what it says, and that it goes with its cause. */
class FindingsTest {
    private static final AgentCounts RESTING = new AgentCounts(1, 5, 0, 0, 0, 0, 0);

    private final TestNode node = new TestNode();

    private Finding only() {
        assertThat(node.attention()).hasSize(1);
        return node.attention().getFirst();
    }

    @Test
    void areNoneOnANodeThatIsWell() {
        node.type("bot", true, RESTING);
        node.files.add(Jars.trusted(DeployedFile.State.SERVING));
        node.turns(100, Duration.ofMillis(1));
        node.tick();

        assertThat(node.attention()).isEmpty();
    }

    @Test
    void namesABundleThatIsRefusedWithItsCure() {
        node.files.add(Jars.refused(false));

        assertThat(only())
                .isEqualTo(new Finding(
                        "bundle.refused",
                        Severity.ERROR,
                        "bot.jar",
                        "Refused bot.jar: it is not signed (expected: a signature). [signature.missing]",
                        "It does not run, and nothing serves in its place.",
                        "Sign it."));
        node.files.clear();
        assertThat(node.attention()).isEmpty();
    }

    @Test
    void isOnlyAWarningWhenAnEarlierFileOfARefusedBundleServes() {
        node.files.add(Jars.refused(true));

        assertThat(only().severity()).isEqualTo(Severity.WARNING);
        assertThat(only().why()).contains("acme.bot 1.2.0").contains("serves");
    }

    @Test
    void namesABundleThatRunsAlthoughItWouldBeRefusedNow() {
        node.files.add(Jars.trusted(
                DeployedFile.State.SERVING,
                new Verdict.Flag("signer.expired", "Its certificate has expired. Sign it again.")));

        assertThat(only().id()).isEqualTo("bundle.flagged");
        assertThat(only().severity()).isEqualTo(Severity.WARNING);
        assertThat(only().text()).isEqualTo("bot.jar runs, but would be refused if it came today. [signer.expired]");
        assertThat(only().cure()).isEqualTo("Its certificate has expired. Sign it again.");
    }

    private void pinned(Optional<String> serving, String... versions) {
        node.deployments.clear();
        node.deployments.add(new Deployment(
                "acme.bot",
                serving.map(Version::parseVersion),
                Optional.of(Version.parseVersion("1.2.0")),
                Stream.of(versions).map(Jars::candidate).toList(),
                "Acme's words."));
    }

    @Test
    void namesABundleThatDoesNotServeTheVersionItIsPinnedTo() {
        pinned(Optional.of("1.1.0"), "1.1.0");

        assertThat(only())
                .isEqualTo(new Finding(
                        "bundle.pin",
                        Severity.WARNING,
                        "acme.bot",
                        "acme.bot is pinned to 1.2.0, but 1.1.0 serves.",
                        "Acme's words.",
                        "Deploy 1.2.0 with 'claw deploy', or 'claw unpin acme.bot'."));
        pinned(Optional.empty(), "1.2.0");
        assertThat(only().severity()).isEqualTo(Severity.ERROR);
        assertThat(only().cure()).startsWith("'claw bundles' says why 1.2.0 does not come up");
        pinned(Optional.of("1.2.0"), "1.2.0");
        assertThat(node.attention()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheTrustStore() {
        node.trustProblems.add(new Verdict.Flag("trust.crl", "Cannot read the revocation list acme.crl."));

        assertThat(only().id()).isEqualTo("trust.problem");
        assertThat(only().severity()).isEqualTo(Severity.ERROR);
        assertThat(only().subject()).isEqualTo("trust.crl");
        assertThat(only().text()).isEqualTo("Cannot read the revocation list acme.crl.");
    }

    @Test
    void namesATypeThatNoVersionRuns() {
        node.type("bot", false, new AgentCounts(0, 0, 0, 0, 0, 0, 3));

        assertThat(only().id()).isEqualTo("type.stranded");
        assertThat(only().subject()).isEqualTo("bot");
        assertThat(only().text()).isEqualTo("No version of the agent type 'bot' runs; it has 3 agents.");
        assertThat(only().cure()).contains("claw deploy --wait FILE.jar");
    }

    @Test
    void doNotMindATypeWithoutAgentsThatNoVersionRuns() {
        node.type("bot", false, new AgentCounts(0, 0, 0, 0, 0, 0, 0));

        assertThat(node.attention()).isEmpty();
    }

    @Test
    void namesTheTypeOfQuarantinedAgents() {
        node.type("bot", true, new AgentCounts(0, 5, 0, 0, 0, 1, 0));

        assertThat(only().id()).isEqualTo("agents.quarantined");
        assertThat(only().severity()).isEqualTo(Severity.ERROR);
        assertThat(only().text()).isEqualTo("1 agent of the type 'bot' is quarantined.");
        assertThat(only().cure()).contains("claw agents show bot/KEY").contains("claw agents resume bot/KEY");
    }

    @Test
    void namesTheTypeOfSuspendedAgentsOnlyWhenMessagesWaitForThem() {
        node.type("bot", true, new AgentCounts(0, 5, 2, 0, 0, 0, 0));
        assertThat(node.attention()).isEmpty();

        node.types.clear();
        node.type("bot", true, new AgentCounts(0, 5, 3, 2, 0, 0, 0));
        assertThat(only().id()).isEqualTo("agents.suspended");
        assertThat(only().severity()).isEqualTo(Severity.WARNING);
        assertThat(only().text()).isEqualTo("2 agents of the type 'bot' are suspended while messages wait.");
        assertThat(only().cure()).contains("claw agents resume bot/KEY");
    }

    @Test
    void namesATypeThatIsSuspended() {
        node.type("bot", true, true, RESTING);

        assertThat(only().id()).isEqualTo("type.suspended");
        assertThat(only().severity()).isEqualTo(Severity.WARNING);
        assertThat(only().cure()).contains("claw agents resume-type bot");
    }

    @Test
    void countsTheDeadLettersThatSomebodyHasToDecideAbout() {
        node.dead = 2;

        assertThat(only().id()).isEqualTo("dead-letters.waiting");
        assertThat(only().severity()).isEqualTo(Severity.WARNING);
        assertThat(only().text()).isEqualTo("2 messages were set aside because their turns failed.");
        assertThat(only().cure()).startsWith("'claw dead' lists them");
        assertThat(node.status().messages().dead()).isEqualTo(2);
    }

    @Test
    void tellsThatTheDiskIsNearlyFullByItsShare() {
        node.disk = new DiskUse(999 * TestNode.MIB, 20_000 * TestNode.MIB);

        assertThat(only().id()).isEqualTo("disk.low");
        assertThat(only().subject()).isEqualTo("/srv/data");
        assertThat(only().text()).isEqualTo("999 MiB are left on the disk of /srv/data, 5.0 % of it.");
        assertThat(only().cure()).contains("at least 5 % and 512 MiB");
        node.disk = new DiskUse(1_000 * TestNode.MIB, 20_000 * TestNode.MIB);
        assertThat(node.attention()).isEmpty();
    }

    @Test
    void tellsThatTheDiskIsNearlyFullByItsBytes() {
        node.disk = new DiskUse(511 * TestNode.MIB, 1_000 * TestNode.MIB);

        assertThat(only().id()).isEqualTo("disk.low");
    }

    @Test
    void tellsNothingOfADiskThatTellsNothing() {
        node.disk = new DiskUse(0, 0);

        assertThat(node.attention()).isEmpty();
    }

    @Test
    void tellsThatTheHeapIsNearlyFullAfterACollection() {
        node.heapAfterCollection = OptionalLong.of(240 * TestNode.MIB);

        assertThat(only().id()).isEqualTo("heap.high");
        assertThat(only().text())
                .isEqualTo("After the last collection 240 of 256 MiB of the heap are still used, 94 %.");
        assertThat(only().cure()).contains("CLAW_JAVA_OPTS=-Xmx512m claw run");
        node.heapAfterCollection = OptionalLong.of(230 * TestNode.MIB);
        assertThat(node.attention()).isEmpty();
    }

    @Test
    void tellsOfRefusalsForFullQueuesForAMinute() {
        node.full = 2;
        assertThat(only().id()).isEqualTo("inboxes.full");
        assertThat(only().text()).isEqualTo("2 messages were refused within the last minute because a queue was full.");

        for (int sample = 0; sample < 12; sample++) {
            node.tick();
            assertThat(node.attention()).as("after %s samples", sample + 1).hasSize(1);
        }
        node.tick();
        assertThat(node.attention()).isEmpty();
    }

    @Test
    void tellsThatTurnsFailWhenMoreThanOneInAHundredDoes() {
        node.turns(297, Duration.ofMillis(1));
        node.failed = 3;
        assertThat(node.attention()).isEmpty();

        node.failed = 4;
        assertThat(only().id()).isEqualTo("messages.failing");
        assertThat(only().text()).isEqualTo("4 of 301 turns failed within the last minute.");
        for (int sample = 0; sample < 13; sample++) {
            node.tick();
        }
        assertThat(node.attention()).isEmpty();
    }

    @Test
    void doNotMindLessThanThreeFailures() {
        node.failed = 2;

        assertThat(node.attention()).isEmpty();
    }

    @Test
    void haveTheErrorsFirst() {
        node.disk = new DiskUse(1, 20_000 * TestNode.MIB);
        node.type("bot", true, new AgentCounts(0, 5, 1, 1, 0, 1, 0));
        node.files.add(Jars.refused(true));

        assertThat(node.attention())
                .extracting(Finding::id)
                .containsExactly("agents.quarantined", "bundle.refused", "agents.suspended", "disk.low");
    }
}
