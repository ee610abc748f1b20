package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Ask;
import org.openclaw.agent.Purged;
import org.openclaw.agent.Signal;
import org.openclaw.agent.StepException;
import org.openclaw.agent.StepView;
import org.openclaw.agent.Turn;
import org.openclaw.agent.WaitView;
import org.openclaw.agent.Waits;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;

/** Turns that wait: for the reply of another agent, for a signal. */
class WaitTest {
    private final Bench bench = new Bench();
    private final JsonCodec codec = new JsonCodec();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final TalkAgent agent = new TalkAgent();
    private int ids;

    private static AgentVersion version(int major, TalkAgent agent) {
        return AgentVersion.bind(
                Fixtures.descriptor("talk", TalkAgent.class, Talk.class, Talk.Memory.class),
                agent,
                name -> Class.forName(name, false, TalkAgent.class.getClassLoader()),
                new Precedence(major, 0, 0, "", 0, 1));
    }

    private Bench serving() {
        bench.engine.add(version(1, agent));
        return bench;
    }

    private static Address at(String key) {
        return Address.of("talk", key);
    }

    private Receipt.Accepted tell(Bench to, String key, String what) {
        var receipt = to.engine.send(
                Tenant.DEFAULT,
                at(key),
                new Message("t-" + ++ids, "/test", "talk.Hear", to.now.get(), codec.encode(new Talk.Hear(what))));
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return (Receipt.Accepted) receipt;
    }

    private static String ask(Turn turn, String key, String what) throws InterruptedException {
        return turn.ask(at(key), new Talk.Hear(what), Talk.Word.class).what();
    }

    private String memory(Bench of, String key) {
        var receipt = (Receipt.Accepted) of.engine.send(
                Tenant.DEFAULT,
                at(key),
                new Message("q-" + ++ids, "/test", "talk.Heard", of.now.get(), Body.json("{}")));
        var done = (MessageStatus.Done) of.outcome(receipt);
        return ((Talk.Memory)
                        ((Decoded.Fit) codec.decode(done.reply().orElseThrow().body(), Talk.Memory.class)).value())
                .all();
    }

    private static List<WaitView> waits(Bench of, String key) {
        return of.engine.waits().of(Tenant.DEFAULT, at(key));
    }

    private static Waits.Answer answer(Bench to, String signal, String json) {
        return to.engine.waits().answer(Tenant.DEFAULT, signal, Body.json(json));
    }

    private static String code(Waits.Answer answer) {
        assertThat(answer).isInstanceOf(Waits.Answer.Refused.class);
        return ((Waits.Answer.Refused) answer).refusal().code();
    }

    private static void nothingIsLeft(Bench of) throws StoreException {
        for (var kind : List.of(Kind.STEP, Kind.HELD, Kind.TIMER, Kind.INBOX)) {
            assertThat(of.store.scan(Key.first(kind), Key.end(kind), 100))
                    .as("%s", kind)
                    .isEmpty();
        }
    }

    @Test
    void getsTheReplyOfAnotherAgent() throws StoreException {
        agent.with("a", (what, turn) -> ask(turn, "b", what + "?")).with("b", (what, turn) -> {
            turn.reply(new Talk.Word(what + "!"));
            return what;
        });
        serving();

        var status = bench.outcome(tell(bench, "a", "well"));

        assertThat(status).isInstanceOf(MessageStatus.Done.class);
        assertThat(memory(bench, "a")).isEqualTo("well?!");
        assertThat(memory(bench, "b")).isEqualTo("well?");
        assertThat(agent.runs("a")).isEqualTo(2);
        assertThat(agent.runs("b")).isEqualTo(1);
        nothingIsLeft(bench);
    }

    @Test
    void getsNoAnswerToAQuestionThatExpiredBeforeItsTurn() throws StoreException {
        agent.with("a", (what, turn) -> {
            try {
                var expires = Delivery.of(9).until(turn.now());
                return turn.ask(List.of(Ask.of(at("b"), new Talk.Hear(what), Talk.Word.class)
                                .with(expires)))
                        .getFirst()
                        .what();
            } catch (StepException none) {
                return none.code() + ": " + none.getMessage();
            }
        });
        serving();

        bench.outcome(tell(bench, "a", "well"));
        bench.settle();

        assertThat(memory(bench, "a")).startsWith("message.expired: The question to talk/b expired at " + bench.now);
        assertThat(agent.runs("b")).isZero();
        nothingIsLeft(bench);
    }

    @Test
    void sendsAndRequestsAsItSaysAndHandsNothingOn() {
        var until = bench.now.get().plusSeconds(60);
        agent.with("a", (what, turn) -> {
                    turn.send(at("b"), new Talk.Hear("usual"));
                    turn.send(at("b"), new Talk.Hear("urgent"), Delivery.of(8));
                    turn.request(at("b"), new Talk.Hear("until"), Delivery.NORMAL.until(until));
                    return what;
                })
                .with("b", (what, turn) -> {
                    seen.add(what + " " + turn.message().delivery().priority() + " "
                            + turn.message().delivery().expires().isPresent());
                    return what;
                });
        serving();
        bench.engine.send(
                Tenant.DEFAULT,
                at("a"),
                new Message("m", "/test", "talk.Hear", bench.now.get(), codec.encode(new Talk.Hear("go")))
                        .with(Delivery.of(9).until(until)));
        bench.settle();

        assertThat(seen).containsExactly("usual 4 false", "urgent 8 false", "until 4 true");
    }

    @Test
    void commitsItsEffectsOnceAndAtItsEnd() {
        agent.with("a", (what, turn) -> {
                    turn.send(at("c"), new Talk.Hear("before"));
                    var step = turn.step("step", () -> seen.add("step"));
                    var first = ask(turn, "b", "one");
                    turn.send(at("c"), new Talk.Hear("between"));
                    return first + ask(turn, "b", "two") + step;
                })
                .with("b", (what, turn) -> {
                    seen.add(memory(bench, "c") + "|" + what);
                    return turn.answer(new Talk.Word(what)).what();
                });
        serving();
        bench.outcome(tell(bench, "c", "0"));

        bench.outcome(tell(bench, "a", ""));
        bench.settle();

        assertThat(memory(bench, "a")).isEqualTo("onetwotrue");
        assertThat(memory(bench, "b")).isEqualTo("one two");
        assertThat(memory(bench, "c")).isEqualTo("0 before between");
        assertThat(seen).containsExactly("step", "0|one", "0|two");
    }

    @Test
    void asksSeveralAtOnceAndGoesOnOnceAllHaveAnswered() {
        var gate = new CountDownLatch(2);
        agent.with("a", (what, turn) -> {
                    var words = turn.ask(List.of(
                            Ask.of(at("b"), new Talk.Hear("x"), Talk.Word.class),
                            Ask.of(at("c"), new Talk.Hear("y"), Talk.Word.class)));
                    return words.get(0).what() + words.get(1).what();
                })
                .with("b", (what, turn) -> both(gate, what, turn))
                .with("c", (what, turn) -> both(gate, what, turn));
        serving();

        bench.outcome(tell(bench, "a", ""));

        assertThat(memory(bench, "a")).isEqualTo("xy");
        assertThat(agent.runs("a")).isEqualTo(2);
    }

    private static String both(CountDownLatch gate, String what, Turn turn) throws Exception {
        gate.countDown();
        gate.await();
        return turn.answer(new Talk.Word(what)).what();
    }

    @Test
    void waitsForASignalWithoutAThreadAndAcrossARestart() throws StoreException {
        TalkAgent.Script script = (what, turn) -> turn.awaitSignal("approval", String.class);
        agent.with("a", script);
        serving();
        var receipt = tell(bench, "a", "");
        bench.settle();

        assertThat(bench.status(receipt)).isInstanceOfSatisfying(MessageStatus.Suspended.class, suspended -> {
            assertThat(suspended.reason()).contains("talk.Hear").contains("the signal 'approval'");
            assertThat(suspended.until()).isEqualTo(bench.now.get().plus(Ask.USUAL));
        });
        var signal = waits(bench, "a").getFirst().signal().orElseThrow();

        var next = bench.again();
        assertThat(code(answer(next, signal.replace(signal.charAt(signal.length() - 1), 'z'), "1")))
                .isEqualTo("signal.unknown");
        assertThat(next.status(receipt)).isInstanceOf(MessageStatus.Suspended.class);
        assertThat(next.engine
                        .waits()
                        .list(Tenant.DEFAULT, Optional.empty(), 10)
                        .waits())
                .hasSize(1);
        assertThat(answer(next, signal, "\"yes\"")).isEqualTo(new Waits.Answer.Taken(false));
        assertThat(answer(next, signal, "\"yes\"")).isEqualTo(new Waits.Answer.Taken(true));
        assertThat(code(answer(next, signal, "\"no\""))).isEqualTo("signal.answered");

        next.engine.add(version(1, new TalkAgent().with("a", script)));
        assertThat(next.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(memory(next, "a")).isEqualTo("yes");
        assertThat(code(answer(next, signal, "\"yes\""))).isEqualTo("signal.unknown");
        nothingIsLeft(next);
    }

    @Test
    void keepsAnAnswerThatComesBeforeItsTurnWaits() {
        agent.with("a", (what, turn) -> {
            var signal = turn.signal("approval", Integer.class);
            turn.step("tell", () -> {
                seen.add("%s".formatted(answer(bench, signal.id(), "7")));
                return 1;
            });
            return turn.awaitSignal(signal) + "";
        });
        serving();

        bench.outcome(tell(bench, "a", ""));

        assertThat(memory(bench, "a")).isEqualTo("7");
        assertThat(seen).containsExactly("Taken[duplicate=false]");
        assertThat(agent.runs("a")).isEqualTo(1);
    }

    @Test
    void refusesAnAnswerThatDoesNotFitAndStaysOpen() {
        agent.with(
                "a",
                (what, turn) -> turn.awaitSignal("approval", Talk.Word.class).what());
        serving();
        var receipt = tell(bench, "a", "");
        bench.settle();
        var signal = waits(bench, "a").getFirst().signal().orElseThrow();

        assertThat(code(answer(bench, signal, "{\"what\": [1]}"))).isEqualTo("body.invalid");
        assertThat(code(answer(bench, signal, "\"" + "x".repeat(1 << 20) + "\"")))
                .isEqualTo("answer.too.large");
        assertThat(bench.status(receipt)).isInstanceOf(MessageStatus.Suspended.class);
        answer(bench, signal, "{\"what\": \"go\"}");

        bench.outcome(receipt);
        assertThat(memory(bench, "a")).isEqualTo("go");
    }

    @Test
    void stopsWaitingInTime() throws StoreException {
        agent.with("a", (what, turn) -> {
            var signal = turn.signal("approval", String.class, Duration.ofHours(1));
            try {
                return turn.awaitSignal(signal);
            } catch (StepException nobody) {
                return nobody.code() + "@" + turn.now();
            }
        });
        serving();
        var receipt = tell(bench, "a", "");
        bench.settle();
        var signal = waits(bench, "a").getFirst().signal().orElseThrow();

        bench.advance(Duration.ofMinutes(59));
        assertThat(bench.status(receipt)).isInstanceOf(MessageStatus.Suspended.class);
        bench.advance(Duration.ofMinutes(1));

        bench.outcome(receipt);
        assertThat(memory(bench, "a")).isEqualTo("wait.expired@" + bench.now.get());
        assertThat(code(answer(bench, signal, "\"late\""))).isEqualTo("signal.unknown");
        nothingIsLeft(bench);
    }

    @Test
    void countsRemindersFromWhenItsWaitEnded() {
        agent.with("a", (what, turn) -> {
            if (what.equals("again")) {
                return "again@" + turn.now();
            }
            turn.awaitSignal("approval", String.class);
            turn.remindAfter(Duration.ofHours(1), new Talk.Hear("again"));
            return "x";
        });
        serving();
        tell(bench, "a", "");
        bench.settle();
        bench.advance(Duration.ofDays(2));
        answer(bench, waits(bench, "a").getFirst().signal().orElseThrow(), "\"yes\"");
        bench.settle();
        bench.advance(Duration.ofMinutes(59));
        bench.settle();
        assertThat(memory(bench, "a")).isEqualTo("x");
        bench.advance(Duration.ofMinutes(1));
        bench.settle();
        assertThat(memory(bench, "a")).isEqualTo("x again@" + bench.now.get());
    }

    @Test
    void otherMessagesWaitBehindASuspendedTurnAndQueriesDoNot() {
        agent.with("a", (what, turn) -> what.equals("wait") ? turn.awaitSignal("go", String.class) : what);
        serving();
        bench.outcome(tell(bench, "a", "first"));
        tell(bench, "a", "wait");
        var behind = tell(bench, "a", "behind");
        bench.settle();

        assertThat(memory(bench, "a")).isEqualTo("first");
        assertThat(bench.status(behind)).isInstanceOf(MessageStatus.Waiting.class);
        answer(bench, waits(bench, "a").getFirst().signal().orElseThrow(), "\"went\"");
        bench.outcome(behind);
        assertThat(memory(bench, "a")).isEqualTo("first went behind");
    }

    @Test
    void whatIsWaitedForIsNotAmongTheStepsThatWereTaken() {
        agent.with("a", (what, turn) -> {
            turn.step("note", () -> 1);
            return turn.awaitSignal("go", String.class);
        });
        serving();
        tell(bench, "a", "");
        bench.settle();

        assertThat(bench.engine.steps(Tenant.DEFAULT, at("a"), 0))
                .extracting(StepView::name)
                .containsExactly("note");
    }

    @Test
    void refusesAQuestionInACircleWithTheChain() {
        agent.with("a", (what, turn) -> {
                    try {
                        return ask(turn, "b", "1");
                    } catch (StepException failed) {
                        return failed.code();
                    }
                })
                .with("b", (what, turn) -> {
                    turn.reply(new Talk.Word("b"));
                    return ask(turn, "c", "2");
                })
                .with("c", (what, turn) -> {
                    turn.reply(new Talk.Word("c"));
                    try {
                        return ask(turn, "a", "3");
                    } catch (StepException failed) {
                        return failed.code() + ": " + failed.getMessage();
                    }
                });
        serving();

        bench.outcome(tell(bench, "a", ""));

        assertThat(memory(bench, "a")).isEqualTo("b");
        assertThat(memory(bench, "b")).isEqualTo("c");
        assertThat(memory(bench, "c"))
                .startsWith("ask.circle: ")
                .contains("talk/c, who waits for talk/a, who waits for talk/b, who waits for talk/c");
    }

    @Test
    void aQuestionToItselfIsACircle() {
        agent.with("a", (what, turn) -> {
            try {
                return ask(turn, "a", "1");
            } catch (StepException failed) {
                return failed.code();
            }
        });
        serving();

        bench.outcome(tell(bench, "a", ""));

        assertThat(memory(bench, "a")).isEqualTo("ask.circle");
    }

    @Test
    void asksAnewWhenItsTurnFailedWithoutAnAnswer() {
        agent.with("a", (what, turn) -> {
                    turn.step("step", () -> seen.add("step"));
                    return ask(turn, "b", "1");
                })
                .with("b", (what, turn) -> {
                    if (agent.runs("b") > 1) {
                        turn.reply(new Talk.Word("at last"));
                    }
                    return what;
                });
        serving();
        var receipt = tell(bench, "a", "");
        bench.settle();
        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(memory(bench, "a")).isEqualTo("at last");
        assertThat(memory(bench, "b")).isEqualTo("1 1");
        assertThat(seen).containsExactly("step");
    }

    @Test
    void failsWithTheTurnThatWasAsked() {
        agent.with("a", (what, turn) -> {
                    try {
                        return ask(turn, "b", "1");
                    } catch (StepException failed) {
                        return failed.code() + ": " + failed.getMessage();
                    }
                })
                .with("b", (what, turn) -> {
                    throw new IllegalStateException("no luck");
                });
        serving();
        var receipt = tell(bench, "a", "");
        for (int attempt = 0; attempt < 3; attempt++) {
            bench.settle();
            bench.advance(Duration.ofSeconds(10));
        }

        bench.outcome(receipt);
        assertThat(memory(bench, "a"))
                .startsWith("ask.failed: ")
                .contains("talk/b")
                .contains("no luck");
    }

    @Test
    void failsWhenTheOneWhoIsAskedIsRetiredOrPurged() {
        agent.with("a", (what, turn) -> {
            try {
                return ask(turn, "b", "1");
            } catch (StepException failed) {
                return failed.code();
            }
        });
        serving();
        bench.engine.create(Tenant.DEFAULT, at("b"));
        bench.engine.suspend(Tenant.DEFAULT, at("b"));
        var first = tell(bench, "a", "");
        bench.settle();
        assertThat(bench.engine.purge(Tenant.DEFAULT, at("b"))).isEqualTo(Purged.DONE);
        bench.outcome(first);
        bench.engine.create(Tenant.DEFAULT, at("b"));
        bench.engine.retire(Tenant.DEFAULT, at("b"));
        bench.outcome(tell(bench, "a", ""));

        assertThat(memory(bench, "a")).isEqualTo("ask.failed ask.failed");
    }

    @Test
    void takesAQuestionBackThatNobodyWaitsForAnyMore() {
        agent.with("a", (what, turn) -> {
            try {
                return turn.ask(List.of(Ask.of(at("b"), new Talk.Hear("1"), Talk.Word.class)
                                .within(Duration.ofHours(1))))
                        .getFirst()
                        .what();
            } catch (StepException failed) {
                return failed.code();
            }
        });
        serving();
        bench.engine.create(Tenant.DEFAULT, at("b"));
        bench.engine.suspend(Tenant.DEFAULT, at("b"));
        var receipt = tell(bench, "a", "");
        bench.settle();
        bench.advance(Duration.ofHours(1));
        bench.outcome(receipt);
        bench.engine.resume(Tenant.DEFAULT, at("b"));
        bench.settle();

        assertThat(memory(bench, "a")).isEqualTo("wait.expired");
        assertThat(agent.runs("b")).isZero();
    }

    @Test
    void theLateReplyToAnOldQuestionAnswersNoOther() {
        var gate = new CountDownLatch(1);
        agent.with(
                        "a",
                        (what, turn) -> turn.ask(List.of(Ask.of(at("b"), new Talk.Hear(what), Talk.Word.class)
                                        .within(Duration.ofMinutes(1))))
                                .getFirst()
                                .what())
                .with("b", (what, turn) -> {
                    int run = agent.runs("b");
                    if (run == 1) {
                        gate.await();
                    }
                    return turn.answer(new Talk.Word("reply " + run)).what();
                });
        serving();
        var receipt = tell(bench, "a", "");
        while (agent.runs("b") == 0) {
            Thread.onSpinWait();
        }
        bench.advance(Duration.ofMinutes(1));
        // it waits also before it is run again, and fails
        while (!bench.engine
                .find(Tenant.DEFAULT, at("a"))
                .flatMap(AgentView::obstacle)
                .orElse("")
                .contains("It is tried again")) {
            Thread.onSpinWait();
        }
        bench.advance(Duration.ofSeconds(5)); // asks once more, behind the first question
        while (!(bench.status(receipt) instanceof MessageStatus.Suspended)) {
            Thread.onSpinWait();
        }
        gate.countDown();

        bench.outcome(receipt);
        assertThat(memory(bench, "a")).isEqualTo("reply 2");
    }

    @Test
    void refusesQuestionsThatAreTooLargeTogether() {
        agent.with(
                "a",
                (what, turn) -> turn.ask(IntStream.range(0, 200)
                                .mapToObj(number -> Ask.of(at("b"), new Talk.Hear("x".repeat(6_000)), Talk.Word.class))
                                .toList())
                        .getFirst()
                        .what());
        serving();
        var receipt = tell(bench, "a", "");
        for (int attempt = 0; attempt < 4; attempt++) {
            bench.settle();
            bench.advance(Duration.ofSeconds(10));
        }

        assertThat(bench.outcome(receipt))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.cause()).contains("questions").contains("at most 1000000"));
        assertThat(agent.runs("b")).isZero();
    }

    @Test
    void answersTakeNoRoomFromSteps() {
        agent.with("a", (what, turn) -> {
            int size = turn.awaitSignal("large", String.class).length();
            return size + turn.step("step", () -> "y".repeat(900_000)).substring(0, 1);
        });
        serving();
        var receipt = tell(bench, "a", "");
        bench.settle();
        answer(bench, waits(bench, "a").getFirst().signal().orElseThrow(), "\"" + "x".repeat(900_000) + "\"");

        bench.outcome(receipt);
        assertThat(memory(bench, "a")).isEqualTo("900000y");
    }

    @Test
    void isCancelledAsIfItHadNotBegun() throws StoreException {
        agent.with("a", (what, turn) -> {
            turn.send(at("c"), new Talk.Hear("never"));
            return ask(turn, "b", "1");
        });
        serving();
        bench.engine.create(Tenant.DEFAULT, at("b"));
        bench.engine.suspend(Tenant.DEFAULT, at("b"));
        var first = tell(bench, "a", "");
        var second = tell(bench, "c", "second");
        bench.settle();

        assertThat(bench.engine.cancel(Tenant.DEFAULT, first.id())).containsInstanceOf(MessageStatus.Cancelled.class);
        bench.engine.resume(Tenant.DEFAULT, at("b"));
        bench.outcome(second);
        bench.settle();

        assertThat(agent.runs("b")).isZero();
        assertThat(memory(bench, "c")).isEqualTo("second");
        assertThat(waits(bench, "a")).isEmpty();
        nothingIsLeft(bench);
    }

    @Test
    void goesOnWithAVersionThatDoesTheSameAndHaltsOneThatDoesNot() {
        TalkAgent.Script script = (what, turn) -> turn.awaitSignal("go", String.class);
        agent.with("a", script);
        serving();
        var receipt = tell(bench, "a", "");
        bench.settle();
        var signal = waits(bench, "a").getFirst().signal().orElseThrow();
        bench.engine.add(version(
                2, new TalkAgent().with("a", (what, turn) -> turn.awaitSignal("other", String.class))));

        answer(bench, signal, "\"yes\"");
        bench.settle();
        assertThat(bench.engine
                        .find(Tenant.DEFAULT, at("a"))
                        .orElseThrow()
                        .obstacle()
                        .orElseThrow())
                .contains("diverged")
                .contains("'go'");
        bench.engine.add(version(3, new TalkAgent().with("a", (what, turn) -> script.run(what, turn) + " 3")));

        bench.outcome(receipt);
        assertThat(memory(bench, "a")).isEqualTo("yes 3");
    }

    @Test
    void aHandlerThatCatchesEverythingIsLeftAllTheSame() {
        agent.with("a", (what, turn) -> {
            try {
                return turn.awaitSignal("go", String.class);
            } catch (Throwable all) { // also what leaves the handler, which it must not
                return "caught";
            }
        });
        serving();
        var receipt = tell(bench, "a", "");
        bench.settle();
        assertThat(bench.status(receipt)).isInstanceOf(MessageStatus.Suspended.class);
        answer(bench, waits(bench, "a").getFirst().signal().orElseThrow(), "\"went\"");

        bench.outcome(receipt);
        assertThat(memory(bench, "a")).isEqualTo("went");
    }

    @Test
    void theReplyToARequestComesAsAMessage() throws StoreException {
        agent.with("a", (what, turn) -> {
                    turn.request(at("b"), new Talk.Hear("1"));
                    return "asked";
                })
                .with(
                        "b",
                        (what, turn) ->
                                turn.answer(new Talk.Word("reply to " + what)).what());
        serving();
        bench.outcome(tell(bench, "a", ""));
        bench.settle();

        assertThat(memory(bench, "a")).isEqualTo("asked <reply to 1>");
        assertThat(agent.runs("a")).isEqualTo(1);
        nothingIsLeft(bench);
    }

    @Test
    void signalsOfOtherTurnsAreRefused() {
        var first = new AtomicReference<@Nullable Signal<String>>();
        agent.with("a", (what, turn) -> {
            var own = turn.signal("go", String.class);
            if (!first.compareAndSet(null, own)) {
                assertThatThrownBy(() -> turn.awaitSignal(Objects.requireNonNull(first.get())))
                        .hasMessageContaining("not of this turn");
            }
            return "done";
        });
        serving();
        bench.outcome(tell(bench, "a", ""));
        assertThat(bench.outcome(tell(bench, "a", ""))).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void timesAndNamesOutOfTheirBoundsAreRefused() {
        agent.with("a", (what, turn) -> {
            assertThatThrownBy(() -> turn.signal("", String.class)).hasMessageContaining("1 to 64");
            assertThatThrownBy(() -> turn.signal("x", String.class, Duration.ZERO))
                    .hasMessageContaining("PT0S");
            assertThatThrownBy(() -> Ask.of(at("b"), "x", String.class).within(Duration.ofDays(400)))
                    .hasMessageContaining("talk/b");
            return "done";
        });
        serving();

        assertThat(bench.outcome(tell(bench, "a", ""))).isInstanceOf(MessageStatus.Done.class);
    }
}
