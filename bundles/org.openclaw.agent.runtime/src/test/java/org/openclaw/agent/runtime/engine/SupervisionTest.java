package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Creation;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;

/** What operators see of agents and do to them, but for suspending. */
class SupervisionTest {
    private static final Address A = Address.of("tally", "a");
    private static final Optional<Address> BEGIN = Optional.empty();

    private final Bench bench = new Bench().serving();

    private static AgentFilter states(AgentState... states) {
        return new AgentFilter(Optional.empty(), Set.of(states), Optional.empty());
    }

    private static AgentFilter text(String text) {
        return new AgentFilter(Optional.empty(), Set.of(), Optional.of(text));
    }

    private List<String> keys(AgentFilter filter) {
        return bench.engine.list(Tenant.DEFAULT, filter, BEGIN, 1_000).agents().stream()
                .map(view -> view.address().key())
                .toList();
    }

    @Test
    void listsAgentsInTheOrderOfTheirAddressesByPages() {
        for (var key : new String[] {"c", "a", "b"}) {
            bench.run("tally/" + key, new Tally.Note(1));
        }
        var tallies = AgentFilter.ofType("tally");

        var first = bench.engine.list(Tenant.DEFAULT, tallies, BEGIN, 2);
        var second = bench.engine.list(Tenant.DEFAULT, tallies, first.next(), 2);

        assertThat(first.agents()).extracting(view -> view.address().key()).containsExactly("a", "b");
        assertThat(second.agents()).extracting(view -> view.address().key()).containsExactly("c");
        assertThat(second.next()).isEmpty();
        assertThat(first.agents()).allSatisfy(view -> assertThat(view.memory()).isEmpty());
        assertThat(keys(AgentFilter.ofType("none"))).isEmpty();
    }

    @Test
    void hasNoNextPageWhenThePageIsJustFull() {
        bench.run("tally/a", new Tally.Note(1));

        assertThat(bench.engine.list(Tenant.DEFAULT, AgentFilter.ALL, BEGIN, 1).next())
                .isEmpty();
    }

    @Test
    void findsAgentsByAPartOfTheirAddressInAnyCase() {
        bench.run("tally/Order-77", new Tally.Note(1));
        bench.run("tally/other", new Tally.Note(1));

        assertThat(keys(text("oRDER-7"))).containsExactly("Order-77");
        assertThat(keys(text("TALLY/o"))).containsExactly("Order-77", "other");
        assertThat(keys(text("none"))).isEmpty();
    }

    @Test
    void findsAgentsByTheirState() throws InterruptedException {
        bench.run("tally/rests", new Tally.Note(1));
        bench.run("tally/held", new Tally.Note(1));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("tally", "held"));
        bench.accepted("tally/drains", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.engine.retire(Tenant.DEFAULT, Address.of("tally", "drains"));

        assertThat(keys(states(AgentState.SUSPENDED))).containsExactly("held");
        assertThat(keys(states(AgentState.SUSPENDED, AgentState.DRAINING))).containsExactly("drains", "held");
        assertThat(keys(states(AgentState.QUARANTINED))).isEmpty();
        bench.agent.open("gate");
    }

    @Test
    void looksAtABoundedNumberOfAgentsPerCall() {
        var many = new Bench(settings(Supervision.MAX_LOOKS + 10)).serving();
        for (int key = 0; key < Supervision.MAX_LOOKS + 5; key++) {
            many.engine.create(Tenant.DEFAULT, Address.of("tally", "%06d".formatted(key)));
        }
        var last = text("%06d".formatted(Supervision.MAX_LOOKS + 4));

        var first = many.engine.list(Tenant.DEFAULT, last, BEGIN, 10);
        var second = many.engine.list(Tenant.DEFAULT, last, first.next(), 10);

        assertThat(first.agents()).isEmpty();
        assertThat(first.next()).contains(Address.of("tally", "%06d".formatted(Supervision.MAX_LOOKS - 1)));
        assertThat(second.agents()).hasSize(1);
        assertThat(second.next()).isEmpty();
    }

    private static Settings settings(int agents) {
        var usual = Settings.USUAL;
        return new Settings(
                usual.inboxMessages(),
                usual.inboxBytes(),
                usual.typeMessages(),
                usual.typeBytes(),
                usual.tenantMessages(),
                usual.tenantBytes(),
                usual.nodeMessages(),
                usual.nodeBytes(),
                usual.reserveMessages(),
                usual.reserveBytes(),
                agents,
                usual.residentAgents(),
                usual.residentBytes(),
                usual.passivateAfter(),
                usual.timersPerAgent(),
                usual.queries(),
                usual.turnsStarting(),
                usual.turnsAhead(),
                usual.shares(),
                usual.turnBytes(),
                usual.steps(),
                usual.dedupFor(),
                usual.dedupCount(),
                usual.retainFor(),
                usual.retainCount(),
                usual.deadLetters(),
                Duration.ofMillis(300),
                usual.longTurn(),
                usual.turnLimit(),
                usual.diskReserve(),
                usual.topics());
    }

    @Test
    void showsNoAgentOfATenantToAnother() {
        bench.run("tally/a", new Tally.Note(1));

        assertThat(bench.engine
                        .list(new Tenant("other"), AgentFilter.ALL, BEGIN, 10)
                        .agents())
                .isEmpty();
        assertThat(bench.engine.recentTurns(new Tenant("other"), A, 10)).isEmpty();
        assertThat(bench.engine.suspend(new Tenant("other"), A)).isFalse();
    }

    @Test
    void refusesALimitOutOfItsBounds() {
        assertThatThrownBy(() -> bench.engine.list(Tenant.DEFAULT, AgentFilter.ALL, BEGIN, 1_001))
                .hasMessageContaining("limit: 1001 (expected: 1 to 1000)");
        assertThatThrownBy(() -> bench.engine.inbox(Tenant.DEFAULT, A, 0, 0)).hasMessageContaining("limit: 0");
        assertThatThrownBy(() -> bench.engine.recentTurns(Tenant.DEFAULT, A, -1))
                .hasMessageContaining("limit: -1");
    }

    @Test
    void createsAnAgentOnce() {
        var created = bench.engine.create(Tenant.DEFAULT, A);
        var again = bench.engine.create(Tenant.DEFAULT, A);

        assertThat(created).isInstanceOf(Creation.Created.class);
        assertThat(again).isInstanceOf(Creation.Existed.class);
        assertThat(((Creation.Created) created).agent())
                .extracting(AgentView::state, AgentView::turns, AgentView::memory)
                .containsExactly(AgentState.ACTIVE, 0L, Optional.empty());
        assertThat(bench.events).extracting(event -> event.kind()).containsOnlyOnce("agent.created");
    }

    @Test
    void answersAQueryToAnAgentThatHasOnlyBeenCreated() {
        bench.engine.create(Tenant.DEFAULT, A);

        assertThat(bench.numbers("tally/a")).isEmpty();
    }

    @Test
    void keepsACreatedAgentWhoseFirstMessageIsRefusedOrTakenBack() throws InterruptedException {
        bench.engine.create(Tenant.DEFAULT, A);
        for (int number = 0; number < 4; number++) {
            bench.accepted("tally/" + number, new Tally.Wait("gate" + number));
            bench.agent.awaitReached("gate" + number);
            IntStream.range(1, 50).forEach(note -> bench.accepted("tally/0" + note % 4, new Tally.Note(note)));
        }
        bench.engine.suspend(Tenant.DEFAULT, A);
        var taken = bench.engine.inbox(Tenant.DEFAULT, A, 1, 0);

        assertThat(taken).isEmpty();
        assertThat(bench.engine.find(Tenant.DEFAULT, A)).isPresent();
        List.of("gate0", "gate1", "gate2", "gate3").forEach(bench.agent::open);
    }

    @Test
    void doesNotCreateAnAgentOfATypeThatWasNeverHere() {
        var refused = refusal(bench.engine.create(Tenant.DEFAULT, Address.of("taly", "a")));

        assertThat(refused.code()).isEqualTo("type.unknown");
        assertThat(refused.text()).startsWith("Refused to create taly/a: ").contains("Did you mean 'tally'?");
    }

    private static Refusal refusal(Creation creation) {
        assertThat(creation).isInstanceOf(Creation.Refused.class);
        return ((Creation.Refused) creation).refusal();
    }

    @Test
    void doesNotCreateMoreAgentsThanTheNodeMayHave() {
        var small = new Bench(settings(1)).serving();
        small.engine.create(Tenant.DEFAULT, A);

        var refused = refusal(small.engine.create(Tenant.DEFAULT, Address.of("tally", "b")));

        assertThat(refused.code()).isEqualTo("node.agents.full");
        assertThat(refused.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
        assertThat(small.engine.create(Tenant.DEFAULT, A)).isInstanceOf(Creation.Existed.class);
    }

    @Test
    void doesNotCreateAnAgentThatIsBeingRetired() throws InterruptedException {
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.engine.retire(Tenant.DEFAULT, A);

        assertThat(refusal(bench.engine.create(Tenant.DEFAULT, A)).code()).isEqualTo("agent.draining");
        bench.agent.open("gate");
    }

    @Test
    void createsNothingOnANodeThatStops() {
        bench.engine.close();

        assertThat(refusal(bench.engine.create(Tenant.DEFAULT, A)).code()).isEqualTo("node.stopping");
    }

    @Test
    void showsWhatWaitsOldestFirstWithoutTheMessageThatRuns() throws InterruptedException {
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        var first = bench.accepted("tally/a", new Tally.Note(1));
        var second = bench.accepted("tally/a", new Tally.Note(2));
        bench.accepted("tally/a", new Tally.Note(3));

        assertThat(bench.engine.inbox(Tenant.DEFAULT, A, 2, 0))
                .containsExactly(
                        new WaitingMessage(first.id(), "tally.Note", "/test", first.acceptedAt(), 12, Optional.empty()),
                        new WaitingMessage(
                                second.id(), "tally.Note", "/test", second.acceptedAt(), 12, Optional.empty()));
        bench.agent.open("gate");
    }

    @Test
    void showsWhatMessagesHoldAsFarAsThereIsRoomForIt() throws InterruptedException {
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.accepted("tally/a", new Tally.Note(1));
        bench.accepted("tally/a", new Tally.Note(2));

        assertThat(bench.engine.inbox(Tenant.DEFAULT, A, 10, 12))
                .extracting(WaitingMessage::body)
                .containsExactly(Optional.of(Body.json("{\"number\":1}")), Optional.empty());
        assertThatThrownBy(() -> bench.engine.inbox(Tenant.DEFAULT, A, 10, -1)).hasMessageContaining("bodies: -1");
        bench.agent.open("gate");
    }

    @Test
    void remembersHowTheLatestMessagesEndedNewestFirst() throws InterruptedException {
        var done = bench.accepted("tally/a", new Tally.Note(1));
        bench.outcome(done);
        bench.run("tally/b", new Tally.Note(1));
        var dead = bench.accepted("tally/a", new Tally.Fail("no luck"));
        bench.outcome(dead);
        var running = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        var cancelled = bench.accepted("tally/a", new Tally.Note(2));
        bench.engine.cancel(Tenant.DEFAULT, cancelled.id());
        bench.advance(Duration.ofMillis(250));
        bench.agent.open("gate");
        bench.outcome(running);

        var turns = bench.engine.recentTurns(Tenant.DEFAULT, A, 10);
        assertThat(turns)
                .extracting(RecentTurn::receipt)
                .containsExactly(running.id(), cancelled.id(), dead.id(), done.id());
        assertThat(turns)
                .extracting(RecentTurn::outcome)
                .containsExactly(
                        RecentTurn.Outcome.DONE,
                        RecentTurn.Outcome.CANCELLED,
                        RecentTurn.Outcome.DEAD,
                        RecentTurn.Outcome.DONE);
        assertThat(turns.getFirst().took()).isEqualTo(Duration.ofMillis(250));
        assertThat(turns.get(1).version()).isEmpty();
        assertThat(turns.get(2).version()).contains("1.0.0");
        assertThat(turns.get(2).code()).contains("turn.failed");
        assertThat(turns.get(2).cause())
                .hasValueSatisfying(cause -> assertThat(cause).contains("no luck"));
        assertThat(bench.engine.recentTurns(Tenant.DEFAULT, A, 1)).hasSize(1);
    }

    @Test
    void showsNothingOfAnAgentThatDoesNotExist() {
        assertThat(bench.engine.inbox(Tenant.DEFAULT, A, 10, 0)).isEmpty();
        assertThat(bench.engine.recentTurns(Tenant.DEFAULT, A, 10)).isEmpty();
        assertThat(bench.engine.suspend(Tenant.DEFAULT, A)).isFalse();
        assertThat(bench.engine.resume(Tenant.DEFAULT, A)).isFalse();
    }

    @Test
    void neverSaysThatLessThanNothingWaits() throws InterruptedException {
        var views = new ArrayList<Integer>();
        var reader = Thread.ofVirtual().start(() -> {
            while (bench.engine.find(Tenant.DEFAULT, Address.of("tally", "end")).isEmpty()) {
                bench.engine.find(Tenant.DEFAULT, A).ifPresent(view -> views.add(view.waiting()));
            }
        });
        for (int number = 0; number < 200; number++) {
            assertThat(bench.run("tally/a", new Tally.Remind("timer", 1000, number)))
                    .isInstanceOf(MessageStatus.Done.class);
        }
        bench.run("tally/end", new Tally.Note(1));
        reader.join();

        assertThat(views).allSatisfy(waiting -> assertThat(waiting).isNotNegative());
    }
}
