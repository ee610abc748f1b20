package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Vitals;

/** What the engine counts, and what it tells. */
class VitalsTest {
    private static final Address A = Address.of("tally", "a");

    private final Bench bench = new Bench();
    private final AgentVersion version = bench.tally(1);

    private Vitals.Reading read() {
        return bench.engine.read();
    }

    private AgentCounts counts() {
        return bench.engine.types().getFirst().counts();
    }

    @Test
    void countsWhatBecomesOfMessages() {
        bench.engine.add(version);
        bench.run("tally/a", new Tally.Note(1));
        bench.run("tally/a", new Tally.Fail("no luck"));
        bench.run("tally/a", new Tally.Look());
        bench.send("none/a", new Tally.Note(1));

        var reading = read();
        assertThat(reading)
                .extracting(
                        Vitals.Reading::accepted,
                        Vitals.Reading::turns,
                        Vitals.Reading::failed,
                        Vitals.Reading::queries,
                        Vitals.Reading::refused,
                        Vitals.Reading::full)
                .containsExactly(2L, 1L, 1L, 1L, 1L, 0L);
        assertThat(reading.latencies().count()).isEqualTo(2);
    }

    @Test
    void countsMessagesOfAgentsAndTimersAsAccepted() {
        bench.engine.add(version);
        bench.run("tally/a", new Tally.Pass("tally/b", 1, 3));
        bench.run("tally/a", new Tally.Remind("timer", 1, 7));
        bench.advance(Duration.ofSeconds(1));
        bench.run("tally/b", new Tally.Note(4));
        bench.run("tally/a", new Tally.Note(8));

        assertThat(read().accepted()).isEqualTo(8);
        assertThat(read().turns()).isEqualTo(8);
    }

    @Test
    void saysWhatWaitsAndWhatRuns() throws InterruptedException {
        bench.engine.add(version);
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.accepted("tally/a", new Tally.Note(1));
        var last = bench.accepted("tally/a", new Tally.Note(2));

        assertThat(read().running()).isEqualTo(1);
        assertThat(read().waiting()).isEqualTo(2);

        bench.agent.open("gate");
        bench.outcome(last);
        bench.engine.stop();
        assertThat(read().running()).isZero();
        assertThat(read().waiting()).isZero();
    }

    @Test
    void countsWhatWasRefusedBecauseAQueueWasFull() throws InterruptedException {
        bench.engine.add(version);
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        IntStream.range(1, 50).forEach(number -> bench.accepted("tally/a", new Tally.Note(number)));
        bench.send("tally/a", new Tally.Note(50));

        assertThat(read().full()).isEqualTo(1);
        assertThat(read().refused()).isEqualTo(1);
        bench.agent.open("gate");
    }

    @Test
    void measuresFromTheAcceptanceToTheEndOfTheTurn() throws InterruptedException {
        bench.engine.add(version);
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        var second = bench.accepted("tally/a", new Tally.Note(1));
        bench.advance(Duration.ofSeconds(3));
        bench.agent.open("gate");
        bench.outcome(second);

        assertThat(read().latencies().percentile(0.5))
                .hasValueSatisfying(
                        median -> assertThat(median).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_375)));
    }

    @Test
    void countsEachAgentWhereItStands() throws Exception {
        bench.engine.add(version);
        bench.engine.create(Tenant.DEFAULT, Address.of("tally", "created"));
        bench.run("tally/rests", new Tally.Note(1));
        bench.run("tally/held", new Tally.Note(1));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("tally", "held"));
        bench.run("tally/withheld", new Tally.Note(1));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("tally", "withheld"));
        bench.accepted("tally/withheld", new Tally.Note(2));
        bench.accepted("tally/drains", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.engine.retire(Tenant.DEFAULT, Address.of("tally", "drains"));

        assertThat(counts()).isEqualTo(new AgentCounts(2, 0, 2, 1, 1, 0, 0));
        bench.agent.open("gate");
        bench.settle();
        assertThat(counts()).isEqualTo(new AgentCounts(2, 0, 2, 1, 0, 0, 0));

        bench.engine.remove(version);
        assertThat(counts()).isEqualTo(new AgentCounts(0, 0, 2, 1, 0, 0, 2));
    }

    @Test
    void countsAgentsThatHaveRestedForAWhileAsPassive() {
        bench.engine.add(version);
        bench.run("tally/a", new Tally.Note(1));
        bench.run("tally/b", new Tally.Note(1));
        bench.settle();
        assertThat(counts().active()).isEqualTo(2);

        bench.advance(Bench.SETTINGS.passivateAfter());
        bench.sweep();

        assertThat(counts()).isEqualTo(new AgentCounts(0, 2, 0, 0, 0, 0, 0));
        assertThat(bench.engine.find(Tenant.DEFAULT, A).orElseThrow().state()).isEqualTo(AgentState.PASSIVE);
    }

    @Test
    void countsNobodyTwiceUnderLoad() throws InterruptedException {
        bench.engine.add(version);
        var threads = IntStream.range(0, 4)
                .mapToObj(sender -> Thread.ofVirtual().start(() -> {
                    for (int number = 0; number < 100; number++) {
                        var key = "tally/" + number % 10;
                        assertThat(bench.run(key, new Tally.Pass("tally/" + (number + sender) % 10, number, 1)))
                                .isInstanceOf(MessageStatus.Done.class);
                        bench.engine.suspend(Tenant.DEFAULT, Address.parse(key));
                        bench.engine.resume(Tenant.DEFAULT, Address.parse(key));
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        bench.engine.stop();

        assertThat(bench.engine.types().getFirst().agents()).isEqualTo(10);
        assertThat(counts().stranded()).isEqualTo(10);
        assertThat(counts().active() + counts().passive() + counts().suspended())
                .isZero();
    }

    @Test
    void tellsWhichVersionServes() throws InterruptedException {
        bench.engine.add(version);
        bench.engine.add(bench.tally(3));
        var lower = bench.tally(2);
        bench.engine.add(lower);
        bench.engine.remove(lower);
        bench.engine.remove(version);

        assertThat(bench.events)
                .extracting(RuntimeEvent::text)
                .containsExactly(
                        "Version 1.0.0 of the agent type 'tally' serves.",
                        "Version 3.0.0 of the agent type 'tally' serves.");
    }

    @Test
    void tellsThatATypeIsStranded() throws InterruptedException {
        bench.engine.add(version);
        bench.engine.remove(version);

        assertThat(bench.events).extracting(RuntimeEvent::kind).containsExactly("type.serving", "type.stranded");
    }

    @Test
    void tellsThatAnAgentIsQuarantinedWithTheReason() {
        bench.engine.add(version);
        bench.run("tally/a", new Tally.Note(1));
        bench.engine.add(Fixtures.version("tally", 2, bench.agent, Tally.class, Renamed.class));
        bench.accepted("tally/a", new Tally.Note(2));
        bench.settle();
        assertThat(counts().quarantined()).isEqualTo(1);
        bench.run("tally/fresh", new Tally.Fail("not of this state"));

        assertThat(bench.events)
                .filteredOn(event -> event.kind().equals("agent.quarantined"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.text()).contains("tally/a is quarantined: tally 2.0.0 cannot read the state"));
    }

    /** Another form of the state. */
    record Renamed(String text) {}

    @Test
    void tellsOfAFloodOfFailuresOnlySomeAndTheCount() {
        bench.engine.add(version);
        for (int number = 0; number < 12; number++) {
            bench.run("tally/a", new Tally.Fail("no luck"));
        }
        assertThat(failures()).hasSize(5).allSatisfy(text -> assertThat(text).contains("tally/a", "no luck"));

        bench.advance(Duration.ofSeconds(5));
        bench.sweep();

        assertThat(failures()).hasSize(6).last().isEqualTo("7 more turns failed within 5 s, the last: tally/a.");
        bench.run("tally/b", new Tally.Fail("again"));
        assertThat(failures()).hasSize(7);
    }

    private java.util.List<String> failures() {
        return bench.events.stream()
                .filter(event -> event.kind().equals("turn.failed"))
                .map(RuntimeEvent::text)
                .toList();
    }
}
