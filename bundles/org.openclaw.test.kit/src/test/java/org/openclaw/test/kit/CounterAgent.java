package org.openclaw.test.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openclaw.agent.Agent;
import org.openclaw.agent.Step;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Topic;

/** Counts. */
final class CounterAgent implements Agent<Counter, CounterState> {
    record Noted(int amount) {}

    private int runs;

    private CounterState drifted(String how, CounterState state, Turn turn) throws InterruptedException {
        turn.step("first", () -> 1);
        runs++;
        return switch (how) {
            case "step" -> new CounterState(turn.step("step " + runs, () -> 1), state.drawn());
            case "more" -> new CounterState(runs % 2 == 0 ? turn.step("more", () -> 1) : 1, state.drawn());
            case "message" -> {
                turn.send(Address.of("ledger", "a"), new Noted(runs));
                yield state;
            }
            case "failure" -> {
                if (runs % 2 == 0) {
                    throw new IllegalStateException("the second time");
                }
                yield state;
            }
            case "signal" -> state.add(turn.awaitSignal("signal " + runs, Integer.class));
            default -> new CounterState(runs, state.drawn());
        };
    }

    private static Step<Integer> fetch(int amount, int failures) {
        return Step.of("fetch " + amount, context -> {
                    if (context.attempt() <= failures) {
                        throw new IllegalStateException("attempt " + context.attempt());
                    }
                    return amount;
                })
                .withAttempts(3, Duration.ofSeconds(10));
    }

    @Override
    public CounterState initial(Address self) {
        return new CounterState(0, List.of());
    }

    @Override
    public CounterState handle(Counter message, CounterState state, Turn turn) throws InterruptedException {
        return switch (message) {
            case Counter.Add(int amount) -> turn.answer(new CounterState(state.total() + amount, state.drawn()));
            case Counter.ResetLater(String timer, long seconds) -> {
                turn.remindAfter(timer, Duration.ofSeconds(seconds), new Counter.Reset());
                yield state;
            }
            case Counter.KeepCount _ -> {
                turn.forget("reset");
                yield state;
            }
            case Counter.Follow _ -> {
                turn.subscribe(Topic.of("amounts"), MessageFilter.type("amounts.*"));
                yield state;
            }
            case Counter.Publish(int amount) -> {
                turn.publish(
                        Topic.of("amounts"),
                        new Counter.Added(amount),
                        Attributes.subject(turn.self().key()));
                yield state;
            }
            case Counter.Added(int amount) -> state.add(amount);
            case Counter.Reset _ -> new CounterState(0, state.drawn());
            case Counter.PassOn(String to, int amount) -> {
                turn.send(Address.parse(to), new Counter.Add(amount));
                turn.send(Address.of("ledger", turn.self().key()), new Noted(amount));
                yield state;
            }
            case Counter.Draw _ -> {
                var drawn = new ArrayList<>(state.drawn());
                drawn.add(turn.newId() + " " + turn.random().nextInt(1000));
                yield new CounterState(state.total(), List.copyOf(drawn));
            }
            case Counter.Fail(String why) -> throw new IllegalStateException(why);
            case Counter.Fetch(int failures) -> {
                var fetched = turn.steps(List.of(fetch(1, failures), fetch(2, failures), fetch(3, failures)));
                yield new CounterState(
                        fetched.stream().mapToInt(Integer::intValue).sum(), state.drawn());
            }
            case Counter.Download(int size) ->
                state.add(turn.step("download", () -> "x".repeat(size)).length());
            case Counter.Drift(String how) -> drifted(how, state, turn);
            case Counter.Wait() -> state.add(turn.awaitSignal("amount", Integer.class));
            case Counter.Say(String text) -> {
                turn.preview(text);
                int amount = turn.awaitSignal("amount", Integer.class);
                turn.preview(" and " + amount);
                yield state.add(amount);
            }
            case Counter.Ask(boolean later) -> {
                var to = Address.of("bank", "x");
                if (later) {
                    turn.request(to, new Counter.Add(1));
                    yield state;
                }
                yield state.add(
                        turn.ask(to, new Counter.Add(1), Counter.Paid.class).amount());
            }
            case Counter.Paid(int amount) -> state.add(amount);
            case Counter.Total _ -> turn.answer(state);
        };
    }
}
