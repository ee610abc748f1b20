package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.Purged;
import org.openclaw.agent.Step;
import org.openclaw.agent.StepException;
import org.openclaw.agent.StepView;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;

/** Side effects of turns. */
class StepTest {
    private static final Address A = Address.of("errand", "a");

    private final Bench bench = new Bench();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private ErrandAgent serve(ErrandAgent.Script script) {
        return serve(bench, 1, script);
    }

    private static ErrandAgent serve(Bench bench, int major, ErrandAgent.Script script) {
        var agent = new ErrandAgent(script);
        bench.engine.add(version(major, agent));
        return agent;
    }

    private static AgentVersion version(int major, ErrandAgent agent) {
        return AgentVersion.bind(
                Fixtures.descriptor("errand", ErrandAgent.class, Errand.class, Errand.Done.class),
                agent,
                name -> Class.forName(name, false, ErrandAgent.class.getClassLoader()),
                new Precedence(major, 0, 0, "", 0, 1));
    }

    private Receipt.Accepted send(Bench to) {
        var receipt = to.engine.send(Tenant.DEFAULT, A, to.message("id-" + seen.size(), "errand.Run", Body.json("{}")));
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return (Receipt.Accepted) receipt;
    }

    /** Sends a message, and lets the waits of all attempts pass. */
    private MessageStatus run(Bench on) {
        var receipt = send(on);
        retry(on);
        return on.status(receipt);
    }

    private static void retry(Bench on) {
        for (int attempt = 0; attempt < 4; attempt++) {
            on.settle();
            on.advance(Duration.ofSeconds(10));
        }
        on.settle();
    }

    private static void fail() {
        throw new IllegalStateException("no luck");
    }

    private static List<Key> stored(Bench of) throws StoreException {
        return of.store.scan(Key.first(Kind.STEP), Key.end(Kind.STEP), 100).stream()
                .map(entry -> entry.key())
                .toList();
    }

    private String obstacle() {
        var view = bench.engine.find(Tenant.DEFAULT, A).orElseThrow();
        assertThat(view.state()).isEqualTo(AgentState.QUARANTINED);
        return view.obstacle().orElseThrow();
    }

    @Test
    void givesARepeatedTurnWhatIsRecorded() throws StoreException {
        var agent = serve((attempt, turn, outside) -> {
            seen.add("%s".formatted(turn.step("buy", () -> {
                outside.add("bought");
                return new Errand.Bought("milk", outside.size());
            })));
            seen.add("%s".formatted(turn.step("nothing", () -> null)));
            if (attempt < 3) {
                fail();
            }
        });

        assertThat(run(bench)).isInstanceOf(MessageStatus.Done.class);

        assertThat(agent.outside).containsExactly("bought");
        assertThat(seen).containsOnly("Bought[what=milk, price=1]", "null").hasSize(6);
        assertThat(stored(bench)).isEmpty();
    }

    @Test
    void isRecordedBeforeTheHandlerGoesOnAcrossTheEndOfTheProcess() throws InterruptedException, StoreException {
        var reached = new CountDownLatch(1);
        serve((_, turn, _) -> {
            turn.step("first", () -> 1);
            reached.countDown();
            new CountDownLatch(1).await();
        });
        var receipt = send(bench);
        reached.await();

        var next = bench.again();
        var agent = serve(next, 1, (_, turn, outside) -> {
            seen.add("first " + turn.step("first", () -> outside.add("again")));
            seen.add("second " + turn.step("second", () -> outside.size()));
        });

        assertThat(next.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(seen).containsExactly("first 1", "second 0");
        assertThat(agent.outside).isEmpty();
        assertThat(stored(next)).isEmpty();
    }

    @Test
    void keepsTheTimeOfItsTurn() {
        bench.now.updateAndGet(now -> now.plusNanos(123_456_789));
        var times = new CopyOnWriteArrayList<Instant>();
        serve((attempt, turn, _) -> {
            turn.step("first", () -> 1);
            times.add(turn.now());
            if (attempt < 2) {
                fail();
            }
        });

        run(bench);

        assertThat(times).hasSize(2).containsOnly(times.getFirst());
    }

    @Test
    void hasAKeyOfItsOwnForEachRepetition() {
        serve((attempt, turn, _) -> {
            for (var name : List.of("a", "b")) {
                turn.step(Step.of(name, context -> {
                    seen.add(context.idempotencyKey());
                    if (attempt < 3) {
                        fail();
                    }
                    return 1;
                }));
            }
        });

        run(bench);

        assertThat(seen).hasSize(4);
        assertThat(seen.subList(0, 3)).containsOnly(seen.getFirst());
        assertThat(seen.getLast()).isNotEqualTo(seen.getFirst());
    }

    @Test
    void isTriedAnewByTheNextTurnWhenTheHandlerFailsWithIt() {
        var agent = serve((attempt, turn, outside) -> turn.step("buy", () -> {
            outside.add("attempt " + attempt);
            if (attempt < 3) {
                throw new IOException("out of milk");
            }
            return 1;
        }));

        assertThat(run(bench)).isInstanceOf(MessageStatus.Done.class);
        assertThat(agent.outside).containsExactly("attempt 1", "attempt 2", "attempt 3");
    }

    @Test
    void failsInARepeatedTurnAsBeforeWhenTheHandlerWentOn() {
        var agent = serve((attempt, turn, outside) -> {
            try {
                turn.step("buy", () -> {
                    outside.add("tried");
                    throw new IOException("out of milk");
                });
            } catch (StepException failed) {
                seen.add(failed.getMessage());
            }
            turn.step("other", () -> 1);
            if (attempt < 2) {
                fail();
            }
        });

        assertThat(run(bench)).isInstanceOf(MessageStatus.Done.class);
        assertThat(agent.outside).containsExactly("tried");
        assertThat(seen).hasSize(2).containsOnly("Step 'buy' failed: java.io.IOException: out of milk");
    }

    @Test
    void isTriedAsOftenAsItSaysWithWaitsBetween() {
        var times = new CopyOnWriteArrayList<Instant>();
        serve((_, turn, _) -> seen.add("%s"
                .formatted(turn.step(Step.of("buy", context -> {
                            times.add(bench.now.get());
                            if (context.attempt() < 3) {
                                throw new IOException("out of milk");
                            }
                            return context.attempt();
                        })
                        .withAttempts(3, Duration.ofSeconds(4))))));
        var receipt = send(bench);

        for (int wait = 0; wait < 2; wait++) {
            while (bench.alarms.next().isEmpty()) {
                Thread.onSpinWait();
            }
            bench.advance(Duration.between(bench.now.get(), bench.alarms.next().orElseThrow()));
        }

        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(seen).containsExactly("3");
        assertThat(times)
                .containsExactly(
                        times.getFirst(),
                        times.getFirst().plusSeconds(4),
                        times.getFirst().plusSeconds(12));
    }

    @Test
    void asksWhatBecameOfAStepInDoubt() {
        var agent = serve((attempt, turn, outside) -> seen.add(turn.step(Step.of("buy", _ -> {
                    outside.add("bought");
                    if (attempt == 1) {
                        throw new Error("the node ends before it is recorded");
                    }
                    return "bought twice";
                })
                .withReconciler(key -> Optional.of("found " + key.length())))));

        assertThat(run(bench)).isInstanceOf(MessageStatus.Done.class);
        assertThat(agent.outside).containsExactly("bought");
        assertThat(seen).containsExactly("found 34");
    }

    @Test
    void asksNothingOfAStepThatIsNotInDoubt() {
        serve((_, turn, _) -> seen.add(turn.step(Step.of("buy", _ -> "bought").withReconciler(_ -> {
            throw new IllegalStateException("asked");
        }))));

        assertThat(run(bench)).isInstanceOf(MessageStatus.Done.class);
        assertThat(seen).containsExactly("bought");
    }

    @Test
    void haltsItsAgentWhenTheTurnTakesAnotherOne() {
        serve((attempt, turn, _) -> {
            turn.step("first", () -> 1);
            turn.step("second of " + attempt, () -> 1);
            fail();
        });

        var receipt = send(bench);
        retry(bench);

        assertThat(bench.status(receipt)).isInstanceOf(MessageStatus.Waiting.class);
        assertThat(obstacle()).contains("errand/a diverged from its record at step 2, 'second of 1'", "'second of 2'");
    }

    @Test
    void goesOnWithAVersionThatTakesTheSame() {
        serve((attempt, turn, _) -> {
            turn.step("step " + attempt, () -> 1);
            fail();
        });
        var receipt = send(bench);
        retry(bench);
        obstacle();

        serve(bench, 2, (_, turn, _) -> turn.step("step 1", () -> 2));

        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void haltsItsAgentWhenItsInputIsAnotherOne() {
        serve((attempt, turn, _) -> {
            turn.step(Step.of("buy", _ -> 1).withInput(new Errand.Bought("milk", attempt)));
            fail();
        });
        send(bench);
        retry(bench);

        assertThat(obstacle()).contains("at step 1, 'buy'", "its input is another one");
    }

    @Test
    void haltsItsAgentWhenTheTurnTakesFewer() {
        serve((attempt, turn, _) -> {
            if (attempt == 1) {
                turn.step("first", () -> 1);
                fail();
            }
        });
        send(bench);
        retry(bench);

        assertThat(obstacle()).contains("at step 1, 'first'", "the handler took 0 steps");
    }

    @Test
    void haltsItsAgentAlsoWhenTheHandlerGoesOnRegardless() {
        serve((attempt, turn, _) -> {
            try {
                turn.step("step " + attempt, () -> 1);
            } catch (IllegalStateException swallowed) {
                return;
            }
            fail();
        });
        send(bench);
        retry(bench);

        assertThat(obstacle()).contains("at step 1, 'step 1'");
    }

    @Test
    void runsBesideOthers() {
        var all = new CountDownLatch(3);
        serve((_, turn, _) -> seen.addAll(turn.steps(IntStream.range(0, 3)
                .mapToObj(number -> Step.of("step " + number, _ -> {
                    all.countDown();
                    all.await();
                    return "result " + number;
                }))
                .toList())));

        assertThat(run(bench)).isInstanceOf(MessageStatus.Done.class);
        assertThat(seen).containsExactly("result 0", "result 1", "result 2");
    }

    @Test
    void isRecordedAlsoWhenOneBesideItFails() {
        var agent = serve((attempt, turn, outside) -> turn.steps(List.of(
                Step.of("bad", _ -> {
                    outside.add("bad " + attempt);
                    if (attempt == 1) {
                        throw new IOException("out of milk");
                    }
                    return 1;
                }),
                Step.of("good", _ -> {
                    outside.add("good " + attempt);
                    return 1;
                }))));

        assertThat(run(bench)).isInstanceOf(MessageStatus.Done.class);
        assertThat(agent.outside).containsExactlyInAnyOrder("bad 1", "good 1", "bad 2");
    }

    @Test
    void failsTheTurnWithAnErrorOfOneBesideOthers() {
        serve((_, turn, _) -> turn.steps(List.of(
                Step.of("bad", _ -> {
                    throw new StackOverflowError("too deep");
                }),
                Step.of("good", _ -> 1))));

        assertThat(dead(run(bench)).cause()).contains("too deep");
    }

    @Test
    void keepsTheTurnFromItsAction() {
        serve((_, turn, _) -> turn.step("buy", turn::newId));

        assertThat(dead(run(bench)).cause()).contains("was used within a step");
    }

    @Test
    void resultsInTheSameTheFirstTimeAsLater() {
        serve((attempt, turn, _) -> {
            seen.add("%s".formatted(turn.step("when", () -> OffsetDateTime.parse("2026-03-01T12:00:00+02:00"))));
            if (attempt < 2) {
                fail();
            }
        });

        assertThat(run(bench)).isInstanceOf(MessageStatus.Done.class);
        assertThat(seen).hasSize(2).containsOnly(seen.getFirst());
    }

    @Test
    void isNotTriedAgainInATurnThatWasGivenUp() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var agent = new ErrandAgent((_, turn, outside) -> turn.step(Step.of("call", context -> {
                    outside.add("attempt " + context.attempt());
                    begun.countDown();
                    try {
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    } catch (InterruptedException swallowed) {
                        throw new IOException("the call was cancelled");
                    }
                })
                .withAttempts(100, Duration.ofHours(1))));
        var version = version(1, agent);
        bench.engine.add(version);
        send(bench);
        begun.await();

        assertThat(bench.engine.remove(version, () -> true)).isTrue();

        assertThat(agent.outside).containsExactly("attempt 1");
    }

    @Test
    void isInterruptedWithItsTurn() throws InterruptedException {
        var begun = new CountDownLatch(2);
        var version = version(
                1,
                new ErrandAgent((_, turn, _) -> turn.steps(IntStream.range(0, 2)
                        .mapToObj(number -> Step.of("step " + number, _ -> {
                            begun.countDown();
                            try {
                                return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                            } finally {
                                seen.add("ended " + number);
                            }
                        }))
                        .toList())));
        bench.engine.add(version);
        send(bench);
        begun.await();

        assertThat(bench.engine.remove(version, () -> true)).isTrue();

        assertThat(seen).containsExactlyInAnyOrder("ended 0", "ended 1");
    }

    @Test
    void failsTheTurnWhenItsResultCannotBeRecorded() {
        serve((_, turn, _) -> turn.step("list", () -> List.of(1)));
        assertThat(dead(run(bench)).cause()).contains("step 'list' resulted in a java.util.ImmutableCollections");
        seen.add("next");
        serve(bench, 2, (_, turn, _) -> turn.step("large", () -> "x".repeat(16 << 20)));
        assertThat(dead(run(bench)).cause())
                .contains(
                        "step 'large' resulted in 16777218 bytes (expected: at most 16777216, the setting step.bytes");
        seen.add("another");
        var last = serve(bench, 3, (_, turn, outside) -> {
            try {
                turn.step("list", () -> List.of(outside.add("ran")));
            } catch (IllegalArgumentException swallowed) {
                turn.step("other", () -> outside.add("went on"));
            }
        });
        assertThat(dead(run(bench)).code()).isEqualTo("step.unrecorded");
        assertThat(last.outside).as("tried once, as it would not help again").containsExactly("ran");
    }

    private static MessageStatus.Dead dead(MessageStatus status) {
        assertThat(status).isInstanceOf(MessageStatus.Dead.class);
        return (MessageStatus.Dead) status;
    }

    @Test
    void isKeptWithADeadLetterThatIsDrivenAgain() throws StoreException {
        var agent = serve((attempt, turn, outside) -> {
            turn.step("buy", () -> outside.add("bought"));
            turn.step(Step.of("pay", context -> {
                seen.add(context.idempotencyKey());
                if (attempt < 4) {
                    throw new IOException("no money");
                }
                return 1;
            }));
        });
        var receipt = send(bench);
        retry(bench);
        assertThat(bench.status(receipt)).isInstanceOf(MessageStatus.Dead.class);
        assertThat(stored(bench)).hasSize(1);

        assertThat(bench.engine.redrive(Tenant.DEFAULT, receipt.id())).isTrue();

        assertThat(bench.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(agent.outside).containsExactly("bought");
        assertThat(seen).hasSize(4).containsOnly(seen.getFirst());
        assertThat(stored(bench)).isEmpty();
    }

    @Test
    void isForgottenWithADeadLetterThatIsDiscarded() throws StoreException {
        serve((_, turn, _) -> {
            turn.step("buy", () -> 1);
            fail();
        });
        var receipt = send(bench);
        retry(bench);
        assertThat(stored(bench)).hasSize(1);

        assertThat(bench.engine.discard(Tenant.DEFAULT, receipt.id())).isTrue();

        assertThat(stored(bench)).isEmpty();
    }

    @Test
    void isForgottenWithAMessageThatIsTakenBackOrPurged() throws StoreException {
        serve((_, turn, _) -> {
            turn.step("buy", () -> 1);
            fail();
        });
        var first = send(bench);
        bench.settle();
        assertThat(stored(bench)).hasSize(1);
        assertThat(bench.engine.cancel(Tenant.DEFAULT, first.id())).containsInstanceOf(MessageStatus.Cancelled.class);
        assertThat(stored(bench)).isEmpty();

        seen.add("next");
        send(bench);
        bench.settle();
        assertThat(stored(bench)).hasSize(1);
        assertThat(bench.engine.purge(Tenant.DEFAULT, A)).isEqualTo(Purged.DONE);
        assertThat(stored(bench)).isEmpty();
    }

    @Test
    void isShownUntilItsTurnIsCommittedWithItsResultWhenAsked() {
        serve((attempt, turn, _) -> {
            turn.step("buy", () -> new Errand.Bought("milk", 1));
            try {
                turn.step("bad", () -> {
                    throw new IOException("out of milk");
                });
            } catch (StepException goesOn) {
                turn.step("nothing", () -> null);
            }
            if (attempt < 2) {
                fail();
            }
        });
        send(bench);
        bench.settle();

        assertThat(bench.engine.steps(Tenant.DEFAULT, A, 0))
                .extracting(StepView::name, StepView::attempts, StepView::cause, StepView::bytes, StepView::result)
                .containsExactly(
                        tuple("buy", 1, Optional.empty(), 25, Optional.empty()),
                        tuple(
                                "bad",
                                1,
                                Optional.of("Step 'bad' failed: java.io.IOException: out of milk"),
                                0,
                                Optional.empty()),
                        tuple("nothing", 1, Optional.empty(), 0, Optional.empty()));
        assertThat(bench.engine.steps(Tenant.DEFAULT, A, 100).getFirst().result())
                .contains(Body.json("{\"what\":\"milk\",\"price\":1}"));
        retry(bench);
        assertThat(bench.engine.steps(Tenant.DEFAULT, A, 0)).isEmpty();
    }

    @Test
    void saysWhatItsBoundsAre() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Step.of("", _ -> 1))
                .withMessageContaining("step name of 0 characters");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Step.of("buy", _ -> 1).withAttempts(0, Duration.ZERO))
                .withMessageContaining("0 attempts");
    }
}
