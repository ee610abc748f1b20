package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;

/** Messages that are urgent, or expire. */
class DeliveryTest {
    private static final Address A = Address.of("tally", "a");
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Bench bench = new Bench();
    private final TalkAgent talk = new TalkAgent();

    /** Takes messages, and begins no turn. */
    private void hold() {
        bench.serving();
        bench.engine.suspendType("tally");
    }

    private static void letGo(Bench held) {
        held.engine.resumeType("tally");
    }

    private Instant in(Duration time) {
        return bench.now.get().plus(time);
    }

    private static Receipt.Accepted accepted(Bench bench, Address to, Message message) {
        return (Receipt.Accepted) bench.engine.send(Tenant.DEFAULT, to, message);
    }

    private Message expiring(Object record) {
        return bench.message(record).with(Delivery.NORMAL.until(in(SHORT)));
    }

    private List<RecentTurn.Outcome> recent(Bench of) {
        return of.engine.recentTurns(Tenant.DEFAULT, A, 10).stream()
                .map(RecentTurn::outcome)
                .toList();
    }

    @Test
    void endsWithoutATurnWhenItsTimeIsOver() {
        hold();
        var message = expiring(new Tally.Note(1));
        var receipt = accepted(bench, A, message);
        bench.advance(SHORT);
        letGo(bench);

        assertThat(bench.outcome(receipt))
                .isEqualTo(new MessageStatus.Expired(
                        bench.now.get(), message.delivery().expires().orElseThrow()));
        assertThat(bench.numbers("tally/a")).isEmpty();
        assertThat(recent(bench)).containsExactly(RecentTurn.Outcome.EXPIRED);
        assertThat(bench.engine.read().expired()).isOne();
        assertThat(bench.engine.read().waiting()).isZero();
    }

    @Test
    void hasItsTurnWhileItIsWorthIt() {
        hold();
        var receipt = accepted(bench, A, expiring(new Tally.Note(1)));
        bench.advance(SHORT.minusNanos(1_000));
        letGo(bench);

        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void doesNotExpireOnceItsTurnHasBegun() throws InterruptedException {
        bench.serving();
        var receipt = accepted(bench, A, expiring(new Tally.Wait("gate")));
        bench.agent.awaitReached("gate");
        bench.advance(SHORT.multipliedBy(2));
        bench.agent.open("gate");

        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void expiresBehindARestartAndADuplicateLearnsOfIt() {
        hold();
        var message = expiring(new Tally.Note(1));
        var receipt = accepted(bench, A, message);
        bench.advance(SHORT);
        var again = bench.again().serving();
        letGo(again);

        assertThat(again.outcome(receipt)).isInstanceOf(MessageStatus.Expired.class);
        var duplicate = accepted(again, A, message);
        assertThat(duplicate.duplicate()).isTrue();
        assertThat(duplicate.id()).isEqualTo(receipt.id());
        again.settle();
        var third = again.again();
        assertThat(third.status(receipt)).isEqualTo(again.status(receipt));
        assertThat(accepted(third, A, message).id()).isEqualTo(receipt.id());
    }

    private Bench talking(Bench node) {
        node.engine.add(AgentVersion.bind(
                Fixtures.descriptor("talk", TalkAgent.class, Talk.class, Talk.Memory.class),
                talk,
                name -> Class.forName(name, false, TalkAgent.class.getClassLoader()),
                new Precedence(1, 0, 0, "", 0, 1)));
        return node;
    }

    /** Not even when an operator lets its agent try anew, behind a restart: then the mark is all that is known of it. */
    @Test
    void doesNotExpireAnyMoreWhenATurnHasFailed() throws StoreException {
        talk.with("a", (_, _) -> {
            throw new IllegalStateException("no");
        });
        talking(bench);
        var body = new JsonCodec().encode(new Talk.Hear("x"));
        var message = new Message("m", "/test", "talk.Hear", bench.now.get(), body);
        var receipt = accepted(bench, Address.of("talk", "a"), message.with(Delivery.NORMAL.until(in(SHORT))));
        bench.settle();

        assertThat(bench.store.scan(Key.first(Kind.INBOX), Key.end(Kind.INBOX), 10))
                .singleElement()
                .satisfies(entry ->
                        assertThat(Envelope.read(entry.value()).begun()).isTrue());
        bench.advance(SHORT);
        bench.settle();
        var again = talking(bench.again());
        again.advance(SHORT);
        again.settle();
        assertThat(talk.runs("a")).isEqualTo(3);
        assertThat(again.status(receipt)).isInstanceOf(MessageStatus.Dead.class);
    }

    @Test
    void isRefusedWhenItHasExpiredAlreadyAQueryToo() {
        bench.serving();
        bench.run("tally/a", new Tally.Note(1));
        for (var record : List.of(new Tally.Note(2), new Tally.Look())) {
            var receipt = bench.engine.send(
                    Tenant.DEFAULT, A, bench.message(record).with(Delivery.NORMAL.until(in(Duration.ofSeconds(-3)))));

            assertThat(Bench.code(receipt)).isEqualTo("message.expired");
            assertThat(((Receipt.Refused) receipt).refusal().text())
                    .contains("3000 ms before it came", bench.now.get().toString());
        }
        assertThat(bench.numbers("tally/a")).containsExactly(1);
    }

    @Test
    void isADuplicateHoweverItIsDelivered() {
        bench.serving();
        var message = bench.message(new Tally.Note(1));
        var receipt = accepted(bench, A, message);

        assertThat(accepted(bench, A, message.with(Delivery.of(9).until(in(SHORT))))
                        .id())
                .isEqualTo(receipt.id());
    }

    @Test
    void neverReordersAnInbox() {
        hold();
        accepted(bench, A, bench.message(new Tally.Note(1)).with(Delivery.of(0)));
        accepted(bench, A, bench.message(new Tally.Note(2)).with(Delivery.of(9)));
        accepted(bench, A, bench.message(new Tally.Note(3)).with(Delivery.of(5).by(in(Duration.ZERO))));
        letGo(bench);
        bench.settle();

        assertThat(bench.numbers("tally/a")).containsExactly(1, 2, 3);
    }

    @Test
    void isSeenInTheInbox() {
        hold();
        var delivery = Delivery.of(7).by(in(SHORT)).until(in(SHORT.multipliedBy(2)));
        accepted(bench, A, bench.message(new Tally.Note(1)).with(delivery));

        assertThat(bench.again().engine.inbox(Tenant.DEFAULT, A, 10, 0))
                .extracting(WaitingMessage::delivery)
                .containsExactly(delivery);
    }
}
