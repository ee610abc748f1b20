package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentState;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;

/** What every implementation of {@link org.openclaw.message.MessageBus} does. */
abstract class MessageBusContract {
    private static final Tenant OTHER = new Tenant("other");

    private final Bench bench = bench();

    /** A bench on which version 1 of the type 'tally' serves. */
    abstract Bench bench();

    @Test
    void handlesTheMessagesOfOneAgentInTheOrderOfTheirAcceptance() {
        var receipts = IntStream.range(0, 40)
                .mapToObj(number -> bench.accepted("tally/a", new Tally.Note(number)))
                .toList();

        receipts.forEach(bench::outcome);

        assertThat(bench.numbers("tally/a"))
                .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
    }

    @Test
    void losesAndDoublesNothingWhenManySendAtTheSameTime() throws InterruptedException {
        var begin = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int sender = 0; sender < 8; sender++) {
            int first = sender * 100;
            threads.add(Thread.ofVirtual().start(() -> {
                awaitQuietly(begin);
                for (int number = first; number < first + 20; number++) {
                    var sent = bench.accepted("tally/" + number % 7, new Tally.Note(number));
                    assertThat(bench.outcome(sent)).isInstanceOf(MessageStatus.Done.class);
                }
            }));
        }
        begin.countDown();
        for (var thread : threads) {
            thread.join();
        }

        var all = IntStream.range(0, 7)
                .boxed()
                .flatMap(key -> bench.numbers("tally/" + key).stream())
                .toList();
        assertThat(all).hasSize(160).doesNotHaveDuplicates();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
        }
    }

    @Test
    void keepsNothingOfThoseWhoWaitNoMore() throws InterruptedException {
        var blocked = bench.accepted("tally/a", new Tally.Wait("a"));
        bench.agent.awaitReached("a");
        var patient = bench.engine.outcome(Tenant.DEFAULT, blocked.id()).orElseThrow();
        var ceased = ceased(blocked);

        System.gc();
        assertThat(ceased.get()).isNull();
        bench.agent.open("a");
        assertThat(patient.toCompletableFuture().join()).isInstanceOf(MessageStatus.Done.class);
    }

    /** The outcome that somebody has waited for, and does no more. */
    private WeakReference<CompletableFuture<MessageStatus>> ceased(Receipt.Accepted accepted) {
        var outcome = bench.engine
                .outcome(Tenant.DEFAULT, accepted.id())
                .orElseThrow()
                .toCompletableFuture();
        outcome.cancel(false);
        return new WeakReference<>(outcome);
    }

    @Test
    void acceptsMessagesTogetherInTheirOrderUpToTheFirstThatIsRefused() {
        var receipts = bench.engine
                .offer(
                        Tenant.DEFAULT,
                        Address.parse("tally/a"),
                        List.of(
                                bench.message(new Tally.Note(1)),
                                bench.message(new Tally.Note(2)),
                                bench.message("none", "tally.Unknown", Body.json("{}")),
                                bench.message(new Tally.Note(3))))
                .toCompletableFuture()
                .join();
        bench.settle();

        assertThat(receipts)
                .hasSize(3)
                .satisfies(all -> assertThat(Bench.code(all.getLast())).isEqualTo("message.type.unknown"));
        assertThat(bench.numbers("tally/a")).containsExactly(1, 2);
    }

    @Test
    void acceptsNothingBehindWhatAnInboxHasNoRoomFor() throws InterruptedException {
        var blocked = bench.accepted("tally/a", new Tally.Wait("a"));
        bench.agent.awaitReached("a");
        var messages = IntStream.rangeClosed(1, Bench.SETTINGS.inboxMessages() + 5)
                .mapToObj(number -> bench.message(new Tally.Note(number)))
                .toList();
        var receipts = bench.engine
                .offer(Tenant.DEFAULT, Address.parse("tally/a"), messages)
                .toCompletableFuture()
                .join();
        bench.agent.open("a");
        bench.outcome(blocked);
        bench.outcome((Receipt.Accepted) receipts.get(receipts.size() - 2));

        assertThat(Bench.code(receipts.getLast())).isEqualTo("inbox.full");
        assertThat(receipts.subList(0, receipts.size() - 1)).allMatch(Receipt.Accepted.class::isInstance);
        assertThat(bench.numbers("tally/a")) // with the 0 of the one that waited
                .containsExactlyElementsOf(
                        IntStream.range(0, receipts.size()).boxed().toList());
    }

    @Test
    void runsAgentsSideBySide() throws InterruptedException {
        var blocked = bench.accepted("tally/a", new Tally.Wait("a"));
        bench.agent.awaitReached("a");

        assertThat(bench.run("tally/b", new Tally.Note(1))).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.status(blocked)).isInstanceOf(MessageStatus.Running.class);

        bench.agent.open("a");
        assertThat(bench.outcome(blocked)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void answersAQueryFromTheCommittedStateBesideATurn() throws InterruptedException {
        bench.run("tally/a", new Tally.Note(5));
        var blocked = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");

        assertThat(bench.numbers("tally/a")).containsExactly(5);

        bench.agent.open("gate");
        bench.outcome(blocked);
        assertThat(bench.numbers("tally/a")).containsExactly(5, 0);
    }

    @Test
    void runsATurnBesideASlowQuery() throws InterruptedException {
        bench.run("tally/a", new Tally.Note(5));
        var slow = bench.accepted("tally/a", new Tally.LookSlowly("slow"));
        bench.agent.awaitReached("slow");

        assertThat(bench.run("tally/a", new Tally.Note(6))).isInstanceOf(MessageStatus.Done.class);

        bench.agent.open("slow");
        assertThat(bench.outcome(slow)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void refusesAQueryToAnAgentThatDoesNotExistAndMakesNone() {
        assertThat(Bench.code(bench.send("tally/nobody", new Tally.Look()))).isEqualTo("agent.unknown");
        assertThat(bench.engine.find(Tenant.DEFAULT, Address.of("tally", "nobody")))
                .isEmpty();
    }

    @Test
    void failsAQueryThatHasAnEffect() {
        bench.run("tally/a", new Tally.Note(1));

        assertThat(bench.run("tally/a", new Tally.LookAndSend()))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.cause()).contains("a query only replies"));
        assertThat(bench.numbers("tally/a")).containsExactly(1);
    }

    @Test
    void leavesNothingOfATurnThatThrowsAndGoesOn() {
        bench.run("tally/a", new Tally.Note(1));
        var failing = bench.accepted("tally/a", new Tally.Fail("no luck"));
        var next = bench.accepted("tally/a", new Tally.Note(2));

        assertThat(bench.outcome(failing)).isInstanceOfSatisfying(MessageStatus.Dead.class, dead -> {
            assertThat(dead.code()).isEqualTo("turn.failed");
            assertThat(dead.cause()).contains("no luck");
        });
        assertThat(bench.outcome(next)).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.numbers("tally/a")).containsExactly(1, 2);
        assertThat(bench.engine.find(Tenant.DEFAULT, Address.of("tally", "nobody")))
                .isEmpty();
        var view = bench.engine.find(Tenant.DEFAULT, Address.of("tally", "a")).orElseThrow();
        assertThat(view.timers()).isEmpty();
        assertThat(view.failures()).isEqualTo(1);
        assertThat(view.turns()).isEqualTo(2);
    }

    @Test
    void givesADuplicateTheFirstReceiptAndChangesNothing() {
        var to = Address.of("tally", "a");
        var first = (Receipt.Accepted) bench.engine.send(Tenant.DEFAULT, to, bench.message("one", new Tally.Note(1)));
        bench.outcome(first);

        var second = bench.engine.send(Tenant.DEFAULT, to, bench.message("one", new Tally.Note(1)));

        assertThat(second).isEqualTo(new Receipt.Accepted(first.id(), first.acceptedAt(), first.dedupUntil(), true));
        assertThat(bench.numbers("tally/a")).containsExactly(1);
    }

    @Test
    void refusesTheSameIdWithAnotherBody() {
        var to = Address.of("tally", "a");
        bench.engine.send(Tenant.DEFAULT, to, bench.message("one", new Tally.Note(1)));

        var other = bench.engine.send(Tenant.DEFAULT, to, bench.message("one", new Tally.Note(2)));

        assertThat(Bench.code(other)).isEqualTo("message.conflict");
        assertThat(((Receipt.Refused) other).refusal().kind()).isEqualTo(Refusal.Kind.CONFLICT);
    }

    @Test
    void takesTheSameIdAgainWhenTheWindowIsOver() {
        var to = Address.of("tally", "a");
        bench.outcome(
                (Receipt.Accepted) bench.engine.send(Tenant.DEFAULT, to, bench.message("one", new Tally.Note(1))));
        bench.advance(Bench.SETTINGS.dedupFor());

        bench.outcome(
                (Receipt.Accepted) bench.engine.send(Tenant.DEFAULT, to, bench.message("one", new Tally.Note(2))));

        assertThat(bench.numbers("tally/a")).containsExactly(1, 2);
    }

    @Test
    void acceptsOneOfManySimultaneousDuplicates() throws Exception {
        var to = Address.of("tally", "a");
        var message = bench.message("one", new Tally.Note(1));
        var begin = new CountDownLatch(1);
        var receipts = java.util.Collections.synchronizedList(new ArrayList<Receipt.Accepted>());
        var threads = IntStream.range(0, 16)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    awaitQuietly(begin);
                    receipts.add((Receipt.Accepted) bench.engine.send(Tenant.DEFAULT, to, message));
                }))
                .toList();
        begin.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(receipts.stream().filter(receipt -> !receipt.duplicate())).hasSize(1);
        assertThat(receipts.stream().map(Receipt.Accepted::id).distinct()).hasSize(1);
        bench.outcome(receipts.getFirst());
        assertThat(bench.numbers("tally/a")).containsExactly(1);
    }

    @Test
    void namesTheKnownTypesWhenThereIsNoSuchType() {
        var refused = bench.engine.send(Tenant.DEFAULT, Address.of("taly", "a"), bench.message(new Tally.Note(1)));

        assertThat(Bench.code(refused)).isEqualTo("type.unknown");
        assertThat(((Receipt.Refused) refused).refusal().text()).contains("Did you mean 'tally'?");
    }

    @Test
    void namesTheKnownMessagesWhenThereIsNoSuchMessage() {
        var refused = bench.engine.send(
                Tenant.DEFAULT, Address.of("tally", "a"), bench.message("x", "tally.Nothe", Body.json("{}")));

        assertThat(Bench.code(refused)).isEqualTo("message.type.unknown");
        assertThat(((Receipt.Refused) refused).refusal().text())
                .contains("tally.Note", "tally.Wait", "Did you mean 'tally.Note'?");
    }

    @Test
    void refusesABodyThatDoesNotFitAndDoesNotQuoteIt() {
        var refused = bench.engine.send(
                Tenant.DEFAULT,
                Address.of("tally", "a"),
                bench.message("x", "tally.Note", Body.json("{\"number\":\"secret\"}")));

        assertThat(Bench.code(refused)).isEqualTo("body.invalid");
        assertThat(((Receipt.Refused) refused).refusal().violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.pointer()).isEqualTo("/number");
                    assertThat(violation.found()).isEqualTo("string");
                });
        assertThat(refused.toString()).doesNotContain("secret");
    }

    @Test
    void refusesAtTheDoorWhenTheInboxIsFull() throws InterruptedException {
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        for (int number = 1; number < Bench.SETTINGS.inboxMessages(); number++) {
            bench.accepted("tally/a", new Tally.Note(number));
        }

        var refused = bench.send("tally/a", new Tally.Note(99));

        assertThat(Bench.code(refused)).isEqualTo("inbox.full");
        assertThat(((Receipt.Refused) refused).refusal().kind()).isEqualTo(Refusal.Kind.QUOTA);
        assertThat(((Receipt.Refused) refused).refusal().retryAfter()).isPresent();
        assertThat(bench.run("tally/b", new Tally.Note(1))).isInstanceOf(MessageStatus.Done.class);
        bench.agent.open("gate");
    }

    @Test
    void refusesAtTheDoorWhenTheNodeIsFull() throws InterruptedException {
        for (int agent = 0; agent < 4; agent++) {
            bench.accepted("tally/" + agent, new Tally.Wait("gate" + agent));
            bench.agent.awaitReached("gate" + agent);
            for (int number = 1; number < 50; number++) {
                bench.accepted("tally/" + agent, new Tally.Note(number));
            }
        }

        var refused = bench.send("tally/new", new Tally.Note(1));

        assertThat(Bench.code(refused)).isEqualTo("node.full");
        assertThat(((Receipt.Refused) refused).refusal().kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
        assertThat(((Receipt.Refused) refused).refusal().retryAfter()).isPresent();
        assertThat(bench.engine.find(Tenant.DEFAULT, Address.of("tally", "new")))
                .isEmpty();
        List.of("gate0", "gate1", "gate2", "gate3").forEach(bench.agent::open);
    }

    @Test
    void takesBackAMessageThatStillWaits() throws InterruptedException {
        var running = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        var waiting = bench.accepted("tally/a", new Tally.Note(1));

        assertThat(bench.engine.cancel(Tenant.DEFAULT, waiting.id())).get().isInstanceOf(MessageStatus.Cancelled.class);
        assertThat(bench.engine.cancel(Tenant.DEFAULT, running.id())).get().isInstanceOf(MessageStatus.Running.class);
        assertThat(bench.outcome(waiting)).isInstanceOf(MessageStatus.Cancelled.class);

        bench.agent.open("gate");
        bench.outcome(running);
        assertThat(bench.numbers("tally/a")).containsExactly(0);
    }

    @Test
    void showsNothingOfATenantToAnother() {
        var receipt = bench.accepted("tally/a", new Tally.Note(1));
        bench.outcome(receipt);

        assertThat(bench.engine.find(OTHER, receipt.id())).isEmpty();
        assertThat(bench.engine.outcome(OTHER, receipt.id())).isEmpty();
        assertThat(bench.engine.cancel(OTHER, receipt.id())).isEmpty();
        assertThat(bench.engine.find(OTHER, Address.of("tally", "a"))).isEmpty();
    }

    @Test
    void forgetsOutcomesWhenTheirTimeIsOver() {
        var receipt = bench.accepted("tally/a", new Tally.Note(1));
        bench.outcome(receipt);
        bench.advance(Bench.SETTINGS.retainFor());
        bench.sweep();

        assertThat(bench.engine.find(Tenant.DEFAULT, receipt.id())).isEmpty();
        assertThat(bench.engine.find(Tenant.DEFAULT, new ReceiptId("never"))).isEmpty();
    }

    @Test
    void retiresAnAgentWhenItHasHandledWhatWaits() throws InterruptedException {
        var address = Address.of("tally", "a");
        var running = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        var waiting = bench.accepted("tally/a", new Tally.Note(1));

        assertThat(bench.engine.retire(Tenant.DEFAULT, address)).isTrue();
        assertThat(bench.engine.find(Tenant.DEFAULT, address).orElseThrow().state())
                .isEqualTo(AgentState.DRAINING);
        assertThat(Bench.code(bench.send("tally/a", new Tally.Note(2)))).isEqualTo("agent.draining");

        bench.agent.open("gate");
        assertThat(bench.outcome(running)).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
        bench.settle();
        assertThat(bench.engine.find(Tenant.DEFAULT, address).orElseThrow().state())
                .isEqualTo(AgentState.RETIRED);
        assertThat(bench.engine.retire(Tenant.DEFAULT, address)).isFalse();
        assertThat(Bench.code(bench.send("tally/a", new Tally.Note(3)))).isEqualTo("agent.retired");
    }
}
