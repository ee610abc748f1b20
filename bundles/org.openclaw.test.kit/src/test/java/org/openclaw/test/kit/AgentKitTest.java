package org.openclaw.test.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.Delivery;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;

class AgentKitTest {
    private final AgentKit kit = AgentKit.of(new CounterAgent());

    @Test
    void handlesAMessageAndKeepsTheState() {
        assertThat(kit.send("counter/a", new Counter.Add(2))).isInstanceOf(MessageStatus.Done.class);
        kit.send("counter/a", new Counter.Add(3));

        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(5);
    }

    @Test
    void sendsAMessageThatIsNotDeliveredAsUsual() {
        kit.send("counter/a", new Counter.Add(2), Delivery.of(9).until(kit.now().plusSeconds(1)));

        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(2);
        assertThatThrownBy(() -> kit.send("counter/a", new Counter.Add(2), Delivery.NORMAL.until(kit.now())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("message.expired");
    }

    @Test
    void returnsTheReply() {
        assertThat(kit.ask("counter/a", new Counter.Add(4), CounterState.class).total())
                .isEqualTo(4);
    }

    @Test
    void answersAQueryAsTheClassThatItNames() {
        kit.send("counter/a", new Counter.Add(7));

        assertThat(kit.query("counter/a", new Counter.Total()).total()).isEqualTo(7);
    }

    @Test
    void saysWhichAgentAQueryDidNotFind() {
        assertThatThrownBy(() -> kit.query("counter/nobody", new Counter.Total()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("counter/nobody")
                .hasMessageContaining("agent.unknown")
                .hasMessageContaining("seed 1");
    }

    @Test
    void firesATimerWhenItsTimeHasCome() {
        kit.send("counter/a", new Counter.Add(1));
        kit.send("counter/a", new Counter.ResetLater("reset", 60));

        kit.advance(Duration.ofSeconds(59));
        assertThat(kit.state("counter/a", CounterState.class).isEmpty()).isFalse();

        kit.advance(Duration.ofSeconds(1));
        assertThat(kit.state("counter/a", CounterState.class).isEmpty()).isTrue();
    }

    @Test
    void takesStepsAndLetsTimePassBetweenTheirAttempts() {
        var before = kit.now();

        kit.send("counter/a", new Counter.Fetch(2));

        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(6);
        assertThat(Duration.between(before, kit.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        kit.send("counter/a", new Counter.Fetch(3));
        assertThat(kit.failures()).hasSize(1);
    }

    @Test
    void takesStepsWithLargeResultsUpToTheBoundOfANode() {
        kit.send("counter/a", new Counter.Download(1_000_000));

        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(1_000_000);
        assertThat(kit.send("counter/a", new Counter.Download(16 << 20)))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.cause())
                                .contains("step 'download' resulted in 16777218 bytes (expected: at most 16777216"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "signal; at step 2, 'signal 1': the handler took 'signal 2'",
                "step; at step 2, 'step 1': the handler took 'step 2'",
                "more; the handler took 'more' beyond it",
                "message; sent, replied or set something else",
                "failure; threw java.lang.IllegalStateException: the second time",
                "state; returned another state"
            })
    void failsATurnWithStepsThatDoesSomethingElseWhenItIsRunAgain(String how, String text) {
        kit.send("counter/a", new Counter.Add(0));

        assertThat(kit.send("counter/a", new Counter.Drift(how)))
                .isInstanceOfSatisfying(MessageStatus.Dead.class, dead -> {
                    assertThat(dead.code()).isEqualTo("turn.diverged");
                    assertThat(dead.cause()).contains("counter/a was run again against the record of its steps", text);
                });
    }

    @Test
    void keepsWhatTurnsHaveShownByAttemptAndNotWhatTheirCheckShows() {
        kit.send("counter/a", new Counter.Say("one"));
        kit.signal("counter/a", "amount", 2);
        kit.send("counter/a", new Counter.Say("three"));

        assertThat(kit.previews("counter/a")).containsExactly("one", "one and 2", "three");
        assertThat(kit.previews("counter/b")).isEmpty();
    }

    @Test
    void aTurnWaitsForASignalUntilTheTestGivesIt() {
        assertThat(kit.send("counter/a", new Counter.Wait())).isInstanceOf(MessageStatus.Suspended.class);
        assertThat(kit.waits("counter/a")).hasSize(1);
        assertThatThrownBy(() -> kit.signal("counter/a", "other", 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it waits for: [amount]");

        kit.signal("counter/a", "amount", 5);

        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(5);
        assertThat(kit.waits("counter/a")).isEmpty();
    }

    @Test
    void aTurnThatNobodyAnswersFailsInVirtualTime() {
        kit.send("counter/a", new Counter.Wait());

        kit.advance(Duration.ofDays(7));

        assertThat(kit.failures()).hasSize(1);
        assertThat(kit.failures().getFirst().status())
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.cause()).contains("Nobody answered 'amount' in time"));
    }

    @Test
    void theTestRepliesForTypesThatAreNotInTheKit() {
        kit.send("counter/a", new Counter.Ask(false));
        kit.reply(kit.takeSent().getFirst(), new Counter.Paid(3));
        kit.send("counter/a", new Counter.Ask(true));
        var request = kit.takeSent().getFirst();
        kit.reply(request, new Counter.Paid(4));

        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(7);
        assertThatThrownBy(() -> kit.reply(request, new Counter.Paid(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nobody waits for a reply");
    }

    @Test
    void replacesATimerOfTheSameName() {
        kit.send("counter/a", new Counter.ResetLater("reset", 10));
        kit.send("counter/a", new Counter.ResetLater("reset", 100));
        kit.send("counter/a", new Counter.Add(1));

        kit.advance(Duration.ofSeconds(50));

        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(1);
        assertThat(kit.view("counter/a").timers()).hasSize(1);
    }

    @Test
    void forgetsATimer() {
        kit.send("counter/a", new Counter.Add(1));
        kit.send("counter/a", new Counter.ResetLater("reset", 10));
        kit.send("counter/a", new Counter.KeepCount());

        kit.advance(Duration.ofDays(1));

        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(1);
    }

    @Test
    void takesMessagesToAgentsInTheKitAndKeepsTheOthers() {
        kit.send("counter/a", new Counter.PassOn("counter/b", 9));

        assertThat(kit.state("counter/b", CounterState.class).total()).isEqualTo(9);
        assertThat(kit.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.to()).isEqualTo(Address.of("ledger", "a"));
            assertThat(sent.type()).isEqualTo("ledger.Noted");
            assertThat(sent.as(CounterAgent.Noted.class).amount()).isEqualTo(9);
        });
    }

    @Test
    void takesWhatIsPublishedToWhoHasSubscribedAndShowsIt() {
        kit.send("counter/a", new Counter.Publish(1));
        kit.send("counter/b", new Counter.Follow());
        kit.send("counter/a", new Counter.Publish(2));
        kit.publish("amounts", new Counter.Added(4));

        assertThat(kit.state("counter/b", CounterState.class).total()).isEqualTo(6);
        assertThat(kit.published("amounts"))
                .extracting(each -> each.as(Counter.Added.class).amount())
                .containsExactly(1, 2, 4);
        assertThat(kit.published("amounts").getFirst().message().attributes()).isEqualTo(Attributes.subject("a"));
        assertThat(kit.published("others")).isEmpty();
        assertThat(kit.topics().subscriptions(Tenant.DEFAULT, Topic.of("amounts")))
                .singleElement()
                .returns(0L, SubscriptionView::behind);
    }

    @Test
    void showsWhatASubscriptionBringsToTypesThatAreNotInTheKit() {
        var subscription = Subscription.of(Topic.of("amounts"), Address.of("ledger", "l"), MessageFilter.everything());
        kit.topics().subscribe(Tenant.DEFAULT, subscription, new Subscription.Start.Now());
        kit.send("counter/a", new Counter.Publish(3));

        assertThat(kit.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.to()).isEqualTo(Address.of("ledger", "l"));
            assertThat(sent.as(Counter.Added.class).amount()).isEqualTo(3);
        });
    }

    @Test
    void keepsTheStateWhenATurnFails() {
        kit.send("counter/a", new Counter.Add(1));

        assertThat(kit.send("counter/a", new Counter.Fail("no luck")))
                .isInstanceOfSatisfying(MessageStatus.Dead.class, dead -> {
                    assertThat(dead.code()).isEqualTo("turn.failed");
                    assertThat(dead.cause()).contains("no luck");
                });
        assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(1);
        assertThat(kit.failures()).hasSize(1);
    }

    @Test
    void showsWhereTheFailureOfATurnCameFrom() {
        assertThatThrownBy(() -> kit.ask("counter/a", new Counter.Fail("no luck"), CounterState.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the turn of counter/a failed: java.lang.IllegalStateException: no luck")
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .satisfies(cause ->
                        assertThat(cause.getStackTrace()[0].getClassName()).isEqualTo(CounterAgent.class.getName()));
    }

    @Test
    void showsTheReplyThatIsNotWhatTheTestExpects() {
        assertThatThrownBy(() -> kit.ask("counter/a", new Counter.Add(2), CounterAgent.Noted.class))
                .hasMessageStartingWith("the reply of counter/a does not fit Noted: /amount: nothing")
                .hasMessageContaining("\"total\":2");
    }

    @Test
    void givesTheSameRandomnessForTheSameSeed() {
        assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
    }

    private static CounterState drawn(long seed) {
        var seeded = AgentKit.seeded(seed, new CounterAgent());
        seeded.send("counter/a", new Counter.Draw());
        seeded.send("counter/a", new Counter.Draw());
        return seeded.state("counter/a", CounterState.class);
    }

    @Test
    void offersJsonAsAClientWould() {
        assertThat(kit.sendJson("counter/a", "counter.Add", "{\"amount\":5,\"unknown\":true}"))
                .isInstanceOf(MessageStatus.Done.class);
        assertThat(kit.offer("counter/a", "counter.Add", "{\"amount\":\"secret\"}"))
                .isInstanceOfSatisfying(Receipt.Refused.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("body.invalid");
                    assertThat(refused.refusal().violations())
                            .singleElement()
                            .satisfies(
                                    violation -> assertThat(violation.pointer()).isEqualTo("/amount"));
                    assertThat(refused.refusal().text()).doesNotContain("secret");
                });
    }

    @Test
    void saysWhatToDoWhenAnAgentHasNoDescriptor() {
        assertThatThrownBy(() -> AgentKit.of(new Undescribed()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("org.openclaw.schema.processor");
    }

    private static final class Undescribed implements org.openclaw.agent.Agent<Counter, CounterState> {
        @Override
        public CounterState initial(Address self) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CounterState handle(Counter message, CounterState state, org.openclaw.agent.Turn turn) {
            throw new UnsupportedOperationException();
        }
    }
}
