package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.Purged;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Publication;
import org.openclaw.message.PublicationPage;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Receipt;
import org.openclaw.message.Refusal;
import org.openclaw.message.SubscribeReceipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.Subscription.Receiver;
import org.openclaw.message.Subscription.Start;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.SubscriptionView.State;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.message.TopicView;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/** What is published, and to whom it goes. */
class TopicTest {
    private static final Topic NEWS = Topic.of("news");
    private static final MessageFilter ALL = MessageFilter.everything();

    private final JsonCodec codec = new JsonCodec();
    private final TalkAgent agent = new TalkAgent();
    private final Bench bench = serving(new Bench());
    private int ids;

    private Bench serving(Bench on) {
        on.engine.add(Fixtures.version("talk", 1, agent, Talk.class, Talk.Memory.class));
        return on;
    }

    private Bench restarted(Bench before) throws InterruptedException {
        before.engine.stop();
        return serving(before.again());
    }

    private Message message(Bench on, String what) {
        return message(on, what, "x");
    }

    /** Of a size, about. */
    private Message message(Bench on, String what, String filling) {
        var body = codec.encode(new Talk.Hear(what + (filling.equals("x") ? "" : filling)));
        return new Message("p-" + ++ids, "/test", "talk.Hear", on.now.get(), body);
    }

    private PublishReceipt publish(Bench on, Message message) {
        var receipt = on.engine.topics().publish(Tenant.DEFAULT, NEWS, message);
        on.settle();
        return receipt;
    }

    private long published(Bench on, String what) {
        return ((PublishReceipt.Accepted) publish(on, message(on, what))).sequence();
    }

    private static SubscriptionView subscribe(Bench on, Subscription subscription, Start from) {
        var receipt = on.engine.topics().subscribe(Tenant.DEFAULT, subscription, from);
        on.settle();
        return ((SubscribeReceipt.Subscribed) receipt).view();
    }

    private static Subscription to(String key) {
        return Subscription.of(NEWS, Address.of("talk", key), ALL);
    }

    private static SubscriptionView subscribe(Bench on, String key) {
        return subscribe(on, to(key), new Start.Now());
    }

    private static SubscriptionView view(Bench on, String name) {
        return on.engine.topics().subscriptions(Tenant.DEFAULT, NEWS).stream()
                .filter(view -> view.subscription().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static TopicView topic(Bench on) {
        return on.engine.topics().find(Tenant.DEFAULT, NEWS).orElseThrow();
    }

    private String memory(Bench on, String key) {
        return on.engine
                .find(Tenant.DEFAULT, Address.of("talk", key))
                .flatMap(found -> found.memory())
                .map(body -> ((Talk.Memory) ((Decoded.Fit) codec.decode(body, Talk.Memory.class)).value()).all())
                .orElse("");
    }

    private static String code(PublishReceipt receipt) {
        assertThat(receipt).isInstanceOf(PublishReceipt.Refused.class);
        return ((PublishReceipt.Refused) receipt).refusal().code();
    }

    private static List<Long> sequences(PublicationPage page) {
        return ((PublicationPage.Read) page)
                .publications().stream().map(Publication::sequence).toList();
    }

    @Test
    void reachesEverySubscriberOnceAndInOrder() {
        subscribe(bench, "a");
        subscribe(bench, "b");

        published(bench, "one");
        published(bench, "two");

        assertThat(memory(bench, "a")).isEqualTo("one two");
        assertThat(memory(bench, "b")).isEqualTo("one two");
        assertThat(view(bench, "talk/a").position()).isEqualTo(2);
        assertThat(view(bench, "talk/a").outstanding()).isZero();
        assertThat(topic(bench).latest()).isEqualTo(2);
    }

    @Test
    void storesAPublicationOnceAndReferencesToIt() {
        for (var key : List.of("a", "b", "c")) {
            subscribe(bench, key);
            bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", key));
            bench.engine.create(Tenant.DEFAULT, Address.of("talk", key));
            bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", key));
        }

        publish(bench, message(bench, "large", "y".repeat(5_000)));

        var inboxes = ((MemoryTurnStore) bench.store).list(Key.first(Kind.INBOX), Key.end(Kind.INBOX), 10);
        assertThat(inboxes).hasSize(3).allMatch(entry -> entry.size() < 100);
        assertThat(((MemoryTurnStore) bench.store).list(Key.first(Kind.TOPIC), Key.end(Kind.TOPIC), 10))
                .hasSize(1);
        assertThat(bench.engine.inbox(Tenant.DEFAULT, Address.of("talk", "a"), 10, 10_000))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.body()).isPresent());
        bench.engine.resume(Tenant.DEFAULT, Address.of("talk", "b"));
        bench.settle();
        assertThat(memory(bench, "b")).startsWith("large");
    }

    @Test
    void givesASubscriptionWhatPassesItsFilterAlone() {
        subscribe(
                bench,
                new Subscription(
                        NEWS,
                        "some",
                        MessageFilter.type("talk.*").and(MessageFilter.exact("subject", "yes")),
                        new Receiver.One(Address.of("talk", "a"))),
                new Start.Now());

        publish(bench, message(bench, "no").with(Attributes.subject("no")));
        publish(bench, message(bench, "none"));
        publish(bench, message(bench, "yes").with(Attributes.subject("yes")));

        assertThat(memory(bench, "a")).isEqualTo("yes");
        assertThat(view(bench, "some").behind()).isZero();
    }

    @Test
    void takesTheKeyOfTheReceiverFromAnAttribute() {
        subscribe(
                bench,
                new Subscription(NEWS, "each", ALL, new Receiver.ByAttribute("talk", "customer")),
                new Start.Now());

        for (var customer : List.of("ann", "bob", "ann")) {
            publish(bench, message(bench, "for-" + customer).with(Attributes.NONE.with(Map.of("customer", customer))));
        }
        publish(bench, message(bench, "nobody"));
        publish(bench, message(bench, "nobody").with(Attributes.NONE.with(Map.of("customer", "ü".repeat(200)))));

        assertThat(memory(bench, "ann")).isEqualTo("for-ann for-ann");
        assertThat(memory(bench, "bob")).isEqualTo("for-bob");
        assertThat(view(bench, "each").behind()).isZero();
    }

    @Test
    void publishesAndSubscribesAsPartOfATurn() {
        agent.with("sub", (what, turn) -> {
            switch (what) {
                case "on" -> turn.subscribe(NEWS, ALL);
                case "off" -> turn.unsubscribe(NEWS);
                default -> {}
            }
            return what;
        });
        agent.with("pub", (what, turn) -> {
            turn.publish(NEWS, new Talk.Word(what), Attributes.subject("s"));
            if (what.equals("fail")) {
                throw new IllegalStateException("no");
            }
            return what;
        });
        send("sub", "on");
        send("pub", "fail");
        send("pub", "hello");
        send("sub", "off");
        send("pub", "again");

        assertThat(memory(bench, "sub")).isEqualTo("on <hello> off");
        var page = (PublicationPage.Read) bench.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, 0, 10);
        assertThat(page.publications())
                .extracting(each -> each.message().attributes())
                .contains(Attributes.subject("s"));
        assertThat(page.publications().getFirst().message().source()).endsWith("/agents/talk/pub");
        assertThat(bench.engine.topics().subscriptions(Tenant.DEFAULT, NEWS)).isEmpty();
    }

    private void send(String key, String what) {
        bench.engine.send(
                Tenant.DEFAULT,
                Address.of("talk", key),
                new Message("t-" + ++ids, "/t", "talk.Hear", bench.now.get(), codec.encode(new Talk.Hear(what))));
        bench.settle();
    }

    @Test
    void recognisesADuplicateAcrossARestart() throws InterruptedException {
        var message = message(bench, "one");
        var first = (PublishReceipt.Accepted) publish(bench, message);

        var again = (PublishReceipt.Accepted) publish(bench, message);
        var next = restarted(bench);
        var later = (PublishReceipt.Accepted) publish(next, message);
        var other = new Message(message.id(), message.source(), "talk.Hear", next.now.get(), Body.json("{}"));

        assertThat(again).isEqualTo(new PublishReceipt.Accepted(1, first.acceptedAt(), first.dedupUntil(), true));
        assertThat(later).isEqualTo(again);
        assertThat(code(publish(next, other))).isEqualTo("message.conflict");
        assertThat(topic(next).latest()).isEqualTo(1);
        next.advance(Duration.ofMinutes(2));
        assertThat(((PublishReceipt.Accepted) publish(next, message)).sequence())
                .isEqualTo(2);
    }

    @Test
    void hasABoundedNumberOutstandingAndHoldsUpNobodyElse() throws InterruptedException {
        subscribe(bench, "slow");
        subscribe(bench, "quick");
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "slow"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "slow"));
        for (int number = 1; number <= 8; number++) {
            published(bench, "n" + number);
        }

        assertThat(memory(bench, "quick")).isEqualTo("n1 n2 n3 n4 n5 n6 n7 n8");
        assertThat(view(bench, "talk/slow"))
                .returns(3, SubscriptionView::outstanding)
                .returns(3L, SubscriptionView::position)
                .returns(5L, SubscriptionView::behind);

        var next = restarted(bench);
        assertThat(view(next, "talk/slow")).returns(3, SubscriptionView::outstanding);
        assertThat(next.engine.read().waiting()).isEqualTo(3);
        next.engine.resume(Tenant.DEFAULT, Address.of("talk", "slow"));
        next.settle();

        assertThat(memory(next, "slow")).isEqualTo("n1 n2 n3 n4 n5 n6 n7 n8");
        assertThat(memory(next, "quick")).isEqualTo("n1 n2 n3 n4 n5 n6 n7 n8");
        assertThat(next.engine.read().waiting()).isZero();
    }

    @Test
    void makesADeadLetterWithACopyOfWhatWasPublished() throws InterruptedException {
        subscribe(bench, "a");
        publish(bench, new Message("u", "/test", "talk.Unknown", bench.now.get(), Body.json("{\"x\":1}")));

        assertThat(bench.engine.count()).isEqualTo(1);
        var next = restarted(bench);
        next.advance(Duration.ofMinutes(20));
        forgetAll(next);
        assertThat(topic(next).first()).isEqualTo(2);
        var letter = next.engine
                .list(Tenant.DEFAULT, Optional.empty(), Optional.empty(), 10)
                .letters()
                .getFirst();
        assertThat(next.engine
                        .letter(Tenant.DEFAULT, letter.receipt())
                        .orElseThrow()
                        .body())
                .contains(Body.json("{\"x\":1}"));
        assertThat(next.engine.redrive(Tenant.DEFAULT, letter.receipt())).isTrue();
        next.settle();
        assertThat(next.engine.count()).isEqualTo(1);
        assertThat(next.engine.read().waiting()).isZero();
    }

    private static void forgetAll(Bench on) {
        for (int times = 0; times < 5; times++) {
            on.sweep();
            on.settle();
        }
    }

    @Test
    void retainsForATimeAndLongerForWhoLags() {
        subscribe(bench, "slow");
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "slow"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "slow"));
        for (int number = 1; number <= 6; number++) {
            published(bench, "n" + number);
        }
        bench.advance(Duration.ofMinutes(11));
        published(bench, "n7");
        forgetAll(bench);
        assertThat(topic(bench).first()).as("what has not been taken").isEqualTo(4);
        assertThat(stored(bench)).as("and what waits").isEqualTo(7);

        bench.engine.resume(Tenant.DEFAULT, Address.of("talk", "slow"));
        bench.settle();
        forgetAll(bench);

        assertThat(memory(bench, "slow")).isEqualTo("n1 n2 n3 n4 n5 n6 n7");
        assertThat(topic(bench)).returns(7L, TopicView::first).returns(7L, TopicView::latest);
        assertThat(bench.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, 3, 10))
                .isEqualTo(new PublicationPage.Forgotten(7));
        assertThat(sequences(bench.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, 0, 10)))
                .containsExactly(7L);
        assertThat(sequences(bench.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, 6, 10)))
                .containsExactly(7L);
    }

    @Test
    void removesTheOldestBeyondTheBoundOfBytes() throws InterruptedException {
        for (int number = 0; number < 60; number++) {
            assertThat(publish(bench, message(bench, "n", "y".repeat(4_000))))
                    .isInstanceOf(PublishReceipt.Accepted.class);
        }
        forgetAll(bench);

        assertThat(topic(bench).bytes()).isBetween(90_000L, 100_000L);
        assertThat(topic(bench).latest()).isEqualTo(60);
        var before = topic(bench);
        assertThat(topic(restarted(bench))).isEqualTo(before);
    }

    @Test
    void refusesToPublishWhatWouldHaveToBeKeptForWhoLagsAndNamesIt() {
        subscribe(bench, "slow");
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "slow"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "slow"));
        PublishReceipt last = publish(bench, message(bench, "n", "y".repeat(4_000)));
        int accepted = 0;
        for (; last instanceof PublishReceipt.Accepted && accepted < 100; accepted++) {
            last = publish(bench, message(bench, "n", "y".repeat(4_000)));
        }

        assertThat(accepted).isBetween(20, 60);
        var refusal = ((PublishReceipt.Refused) last).refusal();
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.QUOTA);
        assertThat(refusal.code()).isEqualTo("topic.full");
        assertThat(refusal.text()).contains("'talk/slow' lags", "news");
        assertThat(refusal.retryAfter()).isPresent();
        assertThat(bench.engine.topics().publish(Tenant.DEFAULT, Topic.of("other"), message(bench, "others go on")))
                .isInstanceOf(PublishReceipt.Accepted.class);

        bench.engine.topics().rewind(Tenant.DEFAULT, NEWS, "talk/slow", new Start.Now());
        bench.engine.resume(Tenant.DEFAULT, Address.of("talk", "slow"));
        bench.settle();
        forgetAll(bench);
        assertThat(publish(bench, message(bench, "n"))).isInstanceOf(PublishReceipt.Accepted.class);
    }

    @Test
    void replaysFromATime() {
        published(bench, "one");
        bench.advance(Duration.ofSeconds(10));
        var then = bench.now.get();
        published(bench, "two");
        bench.advance(Duration.ofSeconds(10));
        published(bench, "three");

        subscribe(bench, to("all"), new Start.Oldest());
        subscribe(bench, to("some"), new Start.At(then));
        subscribe(bench, to("none"), new Start.Now());
        subscribe(bench, to("later"), new Start.At(Instant.parse("2030-01-01T00:00:00Z")));
        subscribe(bench, to("ever"), new Start.At(Instant.EPOCH));

        assertThat(memory(bench, "all")).isEqualTo("one two three");
        assertThat(memory(bench, "some")).isEqualTo("two three");
        assertThat(memory(bench, "none")).isEmpty();
        assertThat(memory(bench, "later")).isEmpty();
        assertThat(memory(bench, "ever")).isEqualTo("one two three");

        var back = bench.engine.topics().rewind(Tenant.DEFAULT, NEWS, "talk/all", new Start.At(then));
        bench.settle();
        assertThat(back).isInstanceOf(SubscribeReceipt.Subscribed.class);
        assertThat(memory(bench, "all")).isEqualTo("one two three two three");
        assertThat(code(bench.engine.topics().rewind(Tenant.DEFAULT, NEWS, "nobody", new Start.Now())))
                .isEqualTo("subscription.unknown");
    }

    private static String code(SubscribeReceipt receipt) {
        assertThat(receipt).isInstanceOf(SubscribeReceipt.Refused.class);
        return ((SubscribeReceipt.Refused) receipt).refusal().code();
    }

    @Test
    void refusesATimeFromWhichOnSomethingIsNotRetainedAnyMore() throws InterruptedException {
        var topics = bench.engine.topics();
        subscribe(bench, "a");
        published(bench, "one");
        var first = bench.now.get();
        bench.advance(Duration.ofMinutes(11));
        var second = bench.now.get();
        published(bench, "two");
        forgetAll(bench);
        assertThat(topic(bench).first()).isEqualTo(2);

        assertThat(code(topics.subscribe(Tenant.DEFAULT, to("b"), new Start.At(first))))
                .isEqualTo("topic.forgotten");
        assertThat(code(topics.rewind(Tenant.DEFAULT, NEWS, "talk/a", new Start.At(first))))
                .isEqualTo("topic.forgotten");
        assertThat(topics.subscribe(Tenant.DEFAULT, to("a"), new Start.At(first)))
                .as("it goes on where it is")
                .isInstanceOf(SubscribeReceipt.Subscribed.class);
        var next = restarted(bench);
        assertThat(code(replay(next, ALL, "b", new Start.At(first)))).isEqualTo("topic.forgotten");
        subscribe(next, to("c"), new Start.At(first.plusNanos(1_000)));
        subscribe(next, to("d"), new Start.At(second));
        subscribe(next, to("e"), new Start.At(second.plusNanos(1_000)));
        assertThat(memory(next, "c")).isEqualTo("two");
        assertThat(memory(next, "d")).isEqualTo("two");
        assertThat(memory(next, "e")).isEmpty();
        assertThat(next.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, new Start.At(first), 10))
                .isEqualTo(new PublicationPage.Forgotten(2));
        assertThat(sequences(next.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, new Start.At(second), 10)))
                .containsExactly(2L);
        assertThat(sequences(next.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, new Start.Oldest(), 10)))
                .containsExactly(2L);
        assertThat(sequences(next.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, new Start.Now(), 10)))
                .isEmpty();
        assertThatThrownBy(() -> new Start.At(Instant.MAX)).hasMessageContaining("time");
    }

    private SubscribeReceipt replay(Bench on, MessageFilter filter, String key, Start from) {
        var to = new Receiver.One(Address.of("talk", key));
        var receipt = on.engine.topics().replay(Tenant.DEFAULT, NEWS, filter, to, from);
        on.settle();
        return receipt;
    }

    @Test
    void replaysToAnAgentOnceUpToTheLatestAcrossARestart() throws InterruptedException {
        for (int number = 1; number <= 8; number++) {
            publish(bench, message(bench, "n" + number).with(Attributes.subject(number % 2 == 0 ? "even" : "odd")));
        }
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "a"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "a"));

        var begun = (SubscribeReceipt.Subscribed) replay(bench, ALL, "a", new Start.Oldest());
        replay(bench, MessageFilter.exact("subject", "even"), "b", new Start.Oldest());
        published(bench, "later");
        var next = restarted(bench);
        assertThat(view(next, begun.view().subscription().name()))
                .returns(Optional.of(8L), SubscriptionView::until)
                .returns(5L, SubscriptionView::behind);
        next.engine.resume(Tenant.DEFAULT, Address.of("talk", "a"));
        next.settle();

        assertThat(begun.created()).isTrue();
        assertThat(begun.view().behind()).isEqualTo(8);
        assertThat(memory(next, "a")).isEqualTo("n1 n2 n3 n4 n5 n6 n7 n8");
        assertThat(memory(next, "b")).isEqualTo("n2 n4 n6 n8");
        assertThat(next.engine.topics().subscriptions(Tenant.DEFAULT, NEWS)).isEmpty();
        assertThat(replay(next, ALL, "a", new Start.Now()))
                .isInstanceOfSatisfying(SubscribeReceipt.Subscribed.class, nothing -> {
                    assertThat(nothing.created()).isFalse();
                    assertThat(nothing.view().behind()).isZero();
                });
        assertThat(next.engine.topics().subscriptions(Tenant.DEFAULT, NEWS)).isEmpty();
        assertThat(code(next.engine
                        .topics()
                        .replay(
                                Tenant.DEFAULT,
                                Topic.of("none"),
                                ALL,
                                new Receiver.One(Address.of("talk", "a")),
                                new Start.Oldest())))
                .isEqualTo("topic.unknown");
    }

    @Test
    void endsASubscriptionThatLagsLongerThanPublicationsAreRetainedWhilePublishersWait() throws InterruptedException {
        subscribe(bench, "slow");
        subscribe(bench, "quick");
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "slow"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "slow"));
        fill(bench);
        forgetAll(bench);
        assertThat(view(bench, "talk/slow").state()).as("within the time").isEqualTo(State.ACTIVE);

        var next = restarted(bench);
        next.advance(Duration.ofMinutes(11));
        forgetAll(next);

        assertThat(publish(next, message(next, "on"))).isInstanceOf(PublishReceipt.Accepted.class);
        assertThat(memory(next, "quick")).endsWith(" on");
        assertThat(view(next, "talk/quick").state()).isEqualTo(State.ACTIVE);
        assertThat(view(next, "talk/slow"))
                .returns(State.ENDED, SubscriptionView::state)
                .satisfies(ended -> assertThat(ended.why().orElseThrow()).contains("lagged", "Subscribe anew"));
        assertThat(next.events).anyMatch(event -> event.kind().equals("subscription.ended"));
        next.engine.resume(Tenant.DEFAULT, Address.of("talk", "slow"));
        next.settle();
        assertThat(memory(next, "slow")).as("what waited is not lost").isNotEmpty();
    }

    /** Publishes until it is refused. */
    private void fill(Bench on) {
        PublishReceipt last = publish(on, message(on, "n", "y".repeat(2_000)));
        for (int number = 0; number < 200 && last instanceof PublishReceipt.Accepted; number++) {
            last = publish(on, message(on, "n", "y".repeat(2_000)));
        }
        assertThat(code(last)).isEqualTo("topic.full");
    }

    @Test
    void keepsNothingButWhatWaitsForAnAgentThatNothingRuns() throws InterruptedException {
        subscribe(bench, Subscription.of(NEWS, Address.of("gone", "a"), ALL), new Start.Now());
        bench.engine.topics().publish(Tenant.DEFAULT, NEWS, message(bench, "first"));
        bench.settle();
        bench.engine.topics().unsubscribe(Tenant.DEFAULT, NEWS, "gone/a");
        for (int number = 0; number < 200; number++) {
            assertThat(publish(bench, message(bench, "n", "y".repeat(2_000))))
                    .as("one that waits holds up nobody")
                    .isInstanceOf(PublishReceipt.Accepted.class);
        }
        var next = restarted(bench);
        next.advance(Duration.ofMinutes(11));
        forgetAll(next);
        assertThat(topic(next)).returns(0L, TopicView::bytes).returns(202L, TopicView::first);
        assertThat(stored(next)).as("what waits").isEqualTo(1);
        assertThat(next.engine.inbox(Tenant.DEFAULT, Address.of("gone", "a"), 10, 1_000))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.body()).isPresent());

        var last = restarted(next);
        assertThat(last.engine.purge(Tenant.DEFAULT, Address.of("gone", "a"))).isEqualTo(Purged.DONE);
        last.settle();
        assertThat(stored(last)).isZero();
        forgetAll(last);
        assertThat(last.engine.topics().find(Tenant.DEFAULT, NEWS)).isEmpty();
    }

    private static int stored(Bench on) {
        return ((MemoryTurnStore) on.store)
                .list(Key.first(Kind.TOPIC), Key.end(Kind.TOPIC), 1_000)
                .size();
    }

    @Test
    void hasABoundedNumberOfBytesOutstanding() throws InterruptedException {
        subscribe(bench, "a");
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "a"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "a"));
        for (int number = 0; number < 3; number++) {
            publish(bench, message(bench, "n", "y".repeat(6_000)));
        }

        assertThat(view(bench, "talk/a").outstanding()).isEqualTo(2);
        var next = restarted(bench);
        published(next, "small");
        assertThat(view(next, "talk/a").outstanding()).isEqualTo(2);
        next.engine.resume(Tenant.DEFAULT, Address.of("talk", "a"));
        next.settle();
        assertThat(memory(next, "a")).endsWith(" small");
    }

    @Test
    void boundsWhatATurnDoesToTopics() {
        agent.with("much", (what, turn) -> {
            for (int times = 0; times < 10_000; times++) {
                turn.subscribe(NEWS, ALL);
                turn.unsubscribe(NEWS);
            }
            return what;
        });
        send("much", "x");

        assertThat(bench.engine
                        .list(Tenant.DEFAULT, Optional.empty(), Optional.empty(), 10)
                        .letters())
                .singleElement()
                .satisfies(
                        letter -> assertThat(letter.attempts().getLast().code()).isEqualTo("turn.too.large"));
    }

    @Test
    void startsWithTheLargestFilterThatAnAgentCanMake() throws InterruptedException {
        var attributes = new TreeMap<String, String>();
        for (int number = 10; number < 73; number++) {
            attributes.put("a".repeat(18) + number, "\"".repeat(512));
        }
        var filter = new MessageFilter.Exact(attributes);
        subscribe(bench, Subscription.of(NEWS, Address.of("talk", "a"), filter), new Start.Now());

        assertThat(view(restarted(bench), "talk/a").subscription().filter()).isEqualTo(filter);
    }

    @Test
    void servesMoreTopicsThanRoundsMayBeUnderWay() throws InterruptedException {
        for (int number = 0; number < 40; number++) {
            var tenant = new Tenant("t" + number);
            bench.engine.topics().publish(tenant, NEWS, message(bench, "x"));
            bench.engine.topics().subscribe(tenant, to("a"), new Start.Oldest());
        }
        bench.settle();

        for (int number = 0; number < 40; number++) {
            assertThat(bench.engine.topics().subscriptions(new Tenant("t" + number), NEWS))
                    .singleElement()
                    .returns(0L, SubscriptionView::behind);
        }
    }

    @Test
    void subscribesOnceAndGoesOnWhereItIs() {
        subscribe(bench, "a");
        published(bench, "one");
        var again = (SubscribeReceipt.Subscribed)
                bench.engine.topics().subscribe(Tenant.DEFAULT, to("a"), new Start.Oldest());
        var other = Subscription.of(NEWS, Address.of("talk", "a"), MessageFilter.exact("subject", "s"));
        subscribe(bench, other, new Start.Oldest());
        published(bench, "two");

        assertThat(again.created()).isFalse();
        assertThat(memory(bench, "a")).isEqualTo("one");
        assertThat(view(bench, "talk/a").subscription()).isEqualTo(other);
    }

    @Test
    void endsASubscriptionWhoseAgentIsRetiredOrPurged() throws InterruptedException {
        subscribe(bench, "a");
        subscribe(bench, "b");
        published(bench, "one");
        bench.engine.retire(Tenant.DEFAULT, Address.of("talk", "a"));
        assertThat(bench.engine.purge(Tenant.DEFAULT, Address.of("talk", "b"))).isEqualTo(Purged.DONE);
        published(bench, "two");

        var next = restarted(bench);

        assertThat(view(next, "talk/a").state()).isEqualTo(State.ENDED);
        assertThat(view(next, "talk/a").why())
                .hasValueSatisfying(why -> assertThat(why).contains("retired"));
        assertThat(view(next, "talk/b").why())
                .hasValueSatisfying(why -> assertThat(why).contains("purged"));
        assertThat(bench.events).anyMatch(event -> event.kind().equals("subscription.ended"));
        assertThat(memory(next, "b")).isEmpty();
        next.advance(Duration.ofMinutes(11));
        forgetAll(next);
        assertThat(topic(next).first()).as("nothing is kept for them").isEqualTo(3);

        assertThat(subscribe(next, to("b"), new Start.Now()).state()).isEqualTo(State.ACTIVE);
        published(next, "three");
        assertThat(memory(next, "b")).isEqualTo("three");
    }

    @Test
    void makesDeadLettersForRetiredAgentsOfASubscriptionForMany() {
        subscribe(
                bench,
                new Subscription(NEWS, "each", ALL, new Receiver.ByAttribute("talk", "subject")),
                new Start.Now());
        publish(bench, message(bench, "one").with(Attributes.subject("a")));
        bench.engine.retire(Tenant.DEFAULT, Address.of("talk", "a"));
        publish(bench, message(bench, "two").with(Attributes.subject("a")));
        publish(bench, message(bench, "three").with(Attributes.subject("b")));

        assertThat(memory(bench, "a")).isEqualTo("one");
        assertThat(memory(bench, "b")).isEqualTo("three");
        assertThat(bench.engine.count()).isEqualTo(1);
        assertThat(view(bench, "each").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void letsATopicGoThatHasNothingAndNeverUsesASequenceAgain() throws InterruptedException {
        published(bench, "one");
        published(bench, "two");
        bench.advance(Duration.ofMinutes(11));
        forgetAll(bench);
        assertThat(bench.engine.topics().find(Tenant.DEFAULT, NEWS)).isEmpty();
        assertThat(bench.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, 0, 1))
                .isEqualTo(new PublicationPage.Unknown());

        var next = restarted(bench);

        assertThat(published(next, "three")).isEqualTo(3);
        assertThat(next.engine.topics().read(Tenant.DEFAULT, NEWS, ALL, 1, 10))
                .isEqualTo(new PublicationPage.Forgotten(3));
    }

    @Test
    void boundsTopicsAndSubscriptions() {
        for (int number = 0; number < 5; number++) {
            bench.engine.topics().publish(Tenant.DEFAULT, Topic.of("t" + number), message(bench, "x"));
        }
        assertThat(code(bench.engine.topics().publish(Tenant.DEFAULT, NEWS, message(bench, "x"))))
                .isEqualTo("topics.full");
        assertThat(bench.engine.topics().publish(new Tenant("other"), NEWS, message(bench, "x")))
                .isInstanceOf(PublishReceipt.Accepted.class);
        agent.with("pub", (what, turn) -> {
            turn.publish(NEWS, new Talk.Word(what));
            return what;
        });
        send("pub", "x");
        assertThat(bench.engine
                        .list(Tenant.DEFAULT, Optional.empty(), Optional.empty(), 10)
                        .letters())
                .singleElement()
                .satisfies(
                        letter -> assertThat(letter.attempts().getLast().code()).isEqualTo("topics.full"));

        for (int number = 0; number < 8; number++) {
            assertThat(bench.engine
                            .topics()
                            .subscribe(
                                    Tenant.DEFAULT,
                                    Subscription.of(Topic.of("t0"), Address.of("talk", "k" + number), ALL),
                                    new Start.Now()))
                    .isInstanceOf(SubscribeReceipt.Subscribed.class);
        }
        assertThat(bench.engine
                        .topics()
                        .subscribe(
                                Tenant.DEFAULT,
                                Subscription.of(Topic.of("t0"), Address.of("talk", "more"), ALL),
                                new Start.Now()))
                .isInstanceOfSatisfying(
                        SubscribeReceipt.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("subscriptions.full"));
        assertThat(bench.engine.topics().topics(Tenant.DEFAULT)).hasSize(5);
        assertThat(bench.engine.topics().topics(new Tenant("other"))).hasSize(1);
    }

    @Test
    void unsubscribesAndLeavesWhatWaits() throws InterruptedException {
        subscribe(bench, "a");
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "a"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "a"));
        published(bench, "one");
        assertThat(bench.engine.topics().unsubscribe(Tenant.DEFAULT, NEWS, "talk/a"))
                .isTrue();
        assertThat(bench.engine.topics().unsubscribe(Tenant.DEFAULT, NEWS, "talk/a"))
                .isFalse();
        published(bench, "two");
        bench.advance(Duration.ofMinutes(11));
        forgetAll(bench);
        assertThat(stored(bench)).as("one waits still").isEqualTo(1);

        var next = restarted(bench);
        forgetAll(next);
        assertThat(stored(next)).as("one waits still").isEqualTo(1);
        next.engine.resume(Tenant.DEFAULT, Address.of("talk", "a"));
        next.settle();
        assertThat(memory(next, "a")).isEqualTo("one");
        forgetAll(next);
        assertThat(next.engine.topics().find(Tenant.DEFAULT, NEWS)).isEmpty();
    }

    @Test
    void expiresWhatWasPublishedLikeAnyMessage() {
        subscribe(bench, "a");
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "a"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "a"));
        var until = bench.now.get().plusSeconds(5);
        publish(bench, message(bench, "soon").with(Delivery.of(9).until(until)));
        bench.advance(Duration.ofSeconds(10));
        assertThat(code(publish(
                        bench, message(bench, "late").with(Delivery.of(9).until(until)))))
                .isEqualTo("message.expired");
        bench.engine.resume(Tenant.DEFAULT, Address.of("talk", "a"));
        bench.settle();

        assertThat(memory(bench, "a")).isEmpty();
        assertThat(bench.engine.read().expired()).isEqualTo(1);
        assertThat(view(bench, "talk/a").outstanding()).isZero();
    }

    @Test
    void cancelsAndPurgesReferencesLikeMessages() {
        subscribe(bench, "a");
        bench.engine.create(Tenant.DEFAULT, Address.of("talk", "a"));
        bench.engine.suspend(Tenant.DEFAULT, Address.of("talk", "a"));
        published(bench, "one");
        published(bench, "two");
        var first = bench.engine
                .inbox(Tenant.DEFAULT, Address.of("talk", "a"), 10, 0)
                .getFirst();
        assertThat(bench.engine.cancel(Tenant.DEFAULT, first.receipt()))
                .hasValueSatisfying(status -> assertThat(status).isInstanceOf(MessageStatus.Cancelled.class));
        assertThat(view(bench, "talk/a").outstanding()).isEqualTo(1);
        assertThat(bench.engine.purge(Tenant.DEFAULT, Address.of("talk", "a"))).isEqualTo(Purged.DONE);

        assertThat(view(bench, "talk/a").outstanding()).isZero();
        assertThat(bench.engine.read().waiting()).isZero();
    }

    @Test
    void readsPageByPage() {
        for (int number = 1; number <= 5; number++) {
            publish(bench, message(bench, "n" + number).with(Attributes.subject(number % 2 == 0 ? "even" : "odd")));
        }
        var topics = bench.engine.topics();

        var first = (PublicationPage.Read) topics.read(Tenant.DEFAULT, NEWS, ALL, 0, 2);
        var odd = (PublicationPage.Read)
                topics.read(Tenant.DEFAULT, NEWS, MessageFilter.exact("subject", "odd"), first.next(), 10);

        assertThat(sequences(first)).containsExactly(1L, 2L);
        assertThat(first.more()).isTrue();
        assertThat(sequences(odd)).containsExactly(3L, 5L);
        assertThat(odd.more()).isFalse();
        assertThat(topics.read(Tenant.DEFAULT, NEWS, ALL, 5, 10))
                .isEqualTo(new PublicationPage.Read(List.of(), 5, false));
        assertThat(topics.read(Tenant.DEFAULT, NEWS, ALL, 6, 10)).isEqualTo(new PublicationPage.Forgotten(1));
        assertThatThrownBy(() -> topics.read(Tenant.DEFAULT, NEWS, ALL, 0, 0)).hasMessageContaining("limit");
        assertThatThrownBy(() -> topics.read(Tenant.DEFAULT, NEWS, ALL, -1, 1)).hasMessageContaining("after");
    }

    @Test
    void takesAttributesThroughTheDoorToTheTurn() {
        agent.with("a", (_, turn) -> turn.message().attributes().subject().orElse("none"));
        var receipt = bench.engine.send(
                Tenant.DEFAULT, Address.of("talk", "a"), message(bench, "x").with(Attributes.subject("seen")));
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        bench.settle();

        assertThat(memory(bench, "a")).isEqualTo("seen");
    }
}
