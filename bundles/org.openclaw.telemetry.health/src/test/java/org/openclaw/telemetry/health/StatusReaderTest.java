package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentCounts;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Verdict;
import org.openclaw.telemetry.NodeStatus;

class StatusReaderTest {
    private final TestNode node = new TestNode();

    @Test
    void countsAgentsBundlesAndMessages() {
        node.type("bot", true, new AgentCounts(1, 2, 3, 1, 4, 5, 0));
        node.type("gone", false, new AgentCounts(0, 0, 1, 0, 0, 0, 6));
        node.files.addAll(List.of(
                Jars.trusted(State.SERVING),
                Jars.trusted(State.SUPERSEDED, new Verdict.Flag("signer.expired", "Expired.")),
                Jars.refused(false),
                Jars.arriving()));
        node.turns(8, Duration.ofMillis(1));
        node.failed = 2;
        node.refused = 1;
        var status = node.status();

        assertThat(status.agents()).isEqualTo(new NodeStatus.AgentCounts(22, 2, 1, 2, 4, 4, 5, 6));
        assertThat(status.bundles()).isEqualTo(new NodeStatus.BundleCounts(1, 1, 1, 1, 1));
        assertThat(status.messages()).isEqualTo(new NodeStatus.MessageCounts(8, 1, 8, 2, 0, 0, 0, 0, 0));
        assertThat(status.uptime()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void isReadyWhenItsPartsAreThere() {
        assertThat(node.status().ready()).isTrue();
    }

    @Test
    void namesThePartsThatAreMissingAndCountsThemAsNothing() {
        node.runtime = false;
        node.folder = false;
        var status = node.status();

        assertThat(status.missing()).containsExactly("the agent runtime", "the drop folder");
        assertThat(status.agents().total()).isZero();
        assertThat(status.attention()).isEmpty();
    }

    @Test
    void waitsForTheVerdictsOnTheFilesOfTheStartOnly() {
        node.files.add(Jars.arriving());
        assertThat(node.status().missing()).containsExactly("the verdict on bot.jar");

        node.files.clear();
        assertThat(node.status().ready()).isTrue();
        node.files.add(Jars.arriving());
        assertThat(node.status().ready()).isTrue();
    }

    @Test
    void hasNoHistoryBeforeTheFirstInterval() {
        assertThat(node.status().history())
                .isEqualTo(new NodeStatus.History(Duration.ofSeconds(5), TestNode.START, List.of()));
    }

    @Test
    void remembersTheRatesAndLatenciesOfEachInterval() {
        node.turns(10, Duration.ofMillis(3));
        node.failed = 5;
        node.tick();
        node.tick();
        var history = node.status().history();

        assertThat(history.until()).isEqualTo(TestNode.START.plusSeconds(10));
        assertThat(history.intervals()).hasSize(2);
        var busy = history.intervals().getFirst();
        assertThat(busy.acceptedPerSecond()).isEqualTo(2);
        assertThat(busy.turnsPerSecond()).isEqualTo(2);
        assertThat(busy.failedPerSecond()).isEqualTo(1);
        assertThat(busy.p50())
                .hasValueSatisfying(
                        median -> assertThat(median).isBetween(Duration.ofMillis(3), Duration.ofNanos(3_375_000)));
        assertThat(busy.heapUsed()).isEqualTo(100 * TestNode.MIB);
        var quiet = history.intervals().getLast();
        assertThat(quiet.turnsPerSecond()).isZero();
        assertThat(quiet.p50()).isEmpty();
        assertThat(quiet.p99()).isEmpty();
    }

    @Test
    void keepsFiveMinutes() {
        for (int sample = 0; sample < 100; sample++) {
            node.turns(sample, Duration.ofMillis(1));
            node.tick();
        }
        var intervals = node.status().history().intervals();

        assertThat(intervals).hasSize(60);
        assertThat(intervals.getFirst().turnsPerSecond()).isEqualTo(40 / 5.0);
        assertThat(intervals.getLast().turnsPerSecond()).isEqualTo(99 / 5.0);
    }

    @Test
    void countsByTheTimeThatReallyPassed() {
        node.turns(100, Duration.ofMillis(1));
        node.tick(Duration.ofSeconds(50));

        assertThat(node.status().history().intervals().getFirst().turnsPerSecond())
                .isEqualTo(2);
    }

    @Test
    void takesTheIntervalThatWasMeantWhenTheClockWasSetBack() {
        node.turns(100, Duration.ofMillis(1));
        node.tick(Duration.ofHours(-1));

        assertThat(node.status().history().intervals().getFirst().turnsPerSecond())
                .isEqualTo(20);
    }

    @Test
    void beginsAnewWithARuntimeThatDoes() {
        node.turns(100, Duration.ofMillis(1));
        node.tick();
        node.turns = 10;
        node.accepted = 10;
        node.latencies = new org.openclaw.telemetry.Latencies.Recorder();
        node.latencies.record(Duration.ofSeconds(1));
        node.tick();
        var last = node.status().history().intervals().getLast();

        assertThat(last.turnsPerSecond()).isEqualTo(2);
        assertThat(last.p50()).hasValueSatisfying(median -> assertThat(median).isGreaterThan(Duration.ofMillis(999)));
    }

    @Test
    void samplesNothingWhileThereIsNoRuntime() {
        node.turns(100, Duration.ofMillis(1));
        node.tick();
        node.runtime = false;
        node.tick();
        node.runtime = true;
        node.tick();

        assertThat(node.status().history().intervals())
                .extracting(NodeStatus.Interval::turnsPerSecond)
                .containsExactly(20.0, 0.0, 0.0);
        assertThat(node.status().history().intervals().getLast().p99()).isEqualTo(Optional.empty());
    }
}
