package org.openclaw.itest.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.openclaw.agent.Agent;
import org.openclaw.agent.Ask;
import org.openclaw.agent.OnFailure;
import org.openclaw.agent.Schedule;
import org.openclaw.agent.Step;
import org.openclaw.agent.StepException;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;

/**
 * Notes what comes in which order, acts outside, passes some of it on, sets timers, and fails when the simulation wants it to. Before each call
 * of {@code Turn} others may have their turn. A mortal agent may lose messages and end, so it passes nothing on.
 */
@OnFailure(attempts = 1000, firstWaitMillis = 100, longestWaitMillis = 1000)
public final class LedgerAgent implements Agent<Ledger, LedgerState> {
    static final String TYPE = "ledger";
    /** How often a schedule fires until it is taken back. */
    static final int TOCKS = 3;

    /** Of several parts, and more than fits into the record of a step. */
    private static final int LARGEST = 12_000;

    private static final double PASSES = 0.4;
    private static final double PASSES_TO_A_MORTAL = 0.5;
    private static final double SETS_A_TIMER = 0.65;
    private static final double PUBLISHES = 0.4;
    private static final double LISTENS = 0.3;
    private static final double LISTENS_NO_MORE = 0.4;
    private static final double ASKS = 0.12;
    private static final double AWAITS_A_SIGNAL = 0.22;

    private final int agents;
    private final int mortals;
    private final Consumer<Turn> begun;
    private final Runnable ended;
    private final Runnable handOver;
    private final Outside outside;
    private final BooleanSupplier mayPublish;
    private final boolean listens;
    private final BooleanSupplier fails;

    LedgerAgent(
            int agents,
            int mortals,
            Consumer<Turn> begun,
            Runnable ended,
            Runnable handOver,
            Outside outside,
            BooleanSupplier mayPublish,
            boolean listens,
            BooleanSupplier fails) {
        this.agents = agents;
        this.mortals = mortals;
        this.begun = begun;
        this.ended = ended;
        this.handOver = handOver;
        this.outside = outside;
        this.mayPublish = mayPublish;
        this.listens = listens;
        this.fails = fails;
    }

    static Address agent(int number) {
        return Address.of(TYPE, "agent" + number);
    }

    static Address mortal(int number) {
        return Address.of(TYPE, "mortal" + number);
    }

    private static boolean isMortal(Turn turn) {
        return turn.self().key().startsWith("mortal");
    }

    @Override
    public LedgerState initial(Address self) {
        return LedgerState.EMPTY;
    }

    @Override
    public LedgerState handle(Ledger message, LedgerState state, Turn turn) throws InterruptedException {
        begun.accept(turn);
        try {
            return handled(message, state, turn);
        } finally {
            ended.run();
        }
    }

    private LedgerState handled(Ledger message, LedgerState state, Turn turn) throws InterruptedException {
        handOver.run();
        var next = switch (message) {
            case Ledger.Add(var client, long number) ->
                after(state.taken().received(client, number, isMortal(turn) || Client.isHasty(client)), turn);
            case Ledger.Passed(var from, long number) -> after(state.received(from, number, isMortal(turn)), turn);
            case Ledger.Asked(var question) -> {
                act(turn);
                long answer = turn.step(Step.of("answer", context -> outside.act(context.idempotencyKey()))
                        .withAttempts(3, Duration.ofMillis(10)));
                outside.goesOn(answer);
                await(turn);
                turn.reply(answer);
                yield state.heard(question);
            }
            case Ledger.Requested(var from, long number) -> {
                turn.reply(new Ledger.Returned(turn.self().key(), number));
                yield after(state, turn, false);
            }
            case Ledger.Returned(var from, long number) ->
                state.returned().received("returned by " + from, number, true);
            case Ledger.News(var from, long number) -> heardOf(from, number, state, turn);
            case Ledger.Tick() -> state.ticked();
            case Ledger.Tock() -> {
                if (state.tocks() + 1 == TOCKS) {
                    turn.forget("schedule");
                }
                yield state.tocked();
            }
        };
        if (fails.getAsBoolean()) {
            throw new IllegalStateException("simulated fault");
        }
        return next;
    }

    private LedgerState after(LedgerState state, Turn turn) throws InterruptedException {
        return after(state, turn, true);
    }

    private LedgerState after(LedgerState state, Turn turn, boolean replies) throws InterruptedException {
        handOver.run();
        act(turn);
        await(turn);
        double chance = turn.random().nextDouble();
        var next = state;
        if (chance < PASSES_TO_A_MORTAL) {
            if (!isMortal(turn)) {
                next = pass(
                        chance < PASSES
                                ? agent(turn.random().nextInt(agents))
                                : mortal(turn.random().nextInt(mortals)),
                        state,
                        turn);
            }
        } else if (chance < SETS_A_TIMER) {
            next = state.timed();
            handOver.run();
            turn.remindAfter(
                    "timer" + next.timers(), Duration.ofMillis(turn.random().nextInt(5_000)), new Ledger.Tick());
        }
        if (state.tocks() < 0 && !isMortal(turn) && turn.random().nextInt(10) == 0) {
            turn.schedule(
                    "schedule",
                    Schedule.every(Duration.ofMillis(turn.random().nextInt(1_000, 3_000))),
                    new Ledger.Tock());
            next = next.tocked();
        }
        next = publish(next, turn);
        handOver.run();
        if (replies) {
            turn.reply("done");
        }
        return next;
    }

    /** Agents that lose nothing publish; others listen now and then. */
    private LedgerState publish(LedgerState state, Turn turn) {
        double chance = turn.random().nextDouble();
        if (isMortal(turn)) {
            if (listens && chance < LISTENS) {
                turn.subscribe(News.TOPIC, MessageFilter.everything());
            } else if (chance < LISTENS_NO_MORE) {
                turn.unsubscribe(News.TOPIC);
            }
            return state;
        }
        if (chance > PUBLISHES || !mayPublish.getAsBoolean()) {
            return state;
        }
        handOver.run();
        var next = state.publishing();
        turn.publish(
                News.TOPIC, new Ledger.News(turn.self().key(), next.published()), News.attributes(next.published()));
        return next;
    }

    /** The numbers of one publisher come in order, and none twice; to readers none is missing, which the end shows. */
    private static LedgerState heardOf(String from, long number, LedgerState state, Turn turn) {
        if (turn.self().equals(News.AGAIN)) {
            return state.hasHeardOf(from, number) ? state : state.heardOf(from, number);
        }
        return state.heardOf(from, number).received("news of " + from, number, true);
    }

    /** Waits for other agents, or for somebody outside, now and then; goes on when there is no answer, or fails. */
    private void await(Turn turn) throws InterruptedException {
        double chance = turn.random().nextDouble();
        var missed = chance < ASKS ? ask(turn) : chance < AWAITS_A_SIGNAL ? awaitSignal(turn) : List.<String>of();
        if (chance < AWAITS_A_SIGNAL) {
            turn.step("go on", () -> 1);
            outside.wentOnWithout(missed);
        }
    }

    /** The questions without an answer. */
    private List<String> ask(Turn turn) throws InterruptedException {
        var asks = new ArrayList<Ask<Long>>();
        for (int count = turn.random().nextInt(1, 4); count > 0; count--) {
            var to = turn.random().nextInt(4) == 0
                    ? mortal(turn.random().nextInt(mortals))
                    : agent(turn.random().nextInt(agents));
            asks.add(Ask.of(to, new Ledger.Asked(turn.newId() + " to " + to), Long.class)
                    .within(Duration.ofMillis(turn.random().nextInt(1, 8_000)))
                    .with(delivery(turn)));
        }
        handOver.run();
        try {
            var replies = turn.ask(asks);
            for (int place = 0; place < asks.size(); place++) {
                outside.answered(question(asks.get(place)), replies.get(place));
            }
            return List.of();
        } catch (StepException none) {
            // those of the others that have answered are not known
            return missed(asks.stream().map(LedgerAgent::question).toList(), none);
        }
    }

    private static Delivery delivery(Turn turn) {
        var delivery = Delivery.of(turn.random().nextInt(10));
        return turn.random().nextInt(4) == 0
                ? delivery.until(turn.now().plusMillis(turn.random().nextInt(6_000)))
                : delivery;
    }

    /** Fails with that now and then, unless an earlier turn has gone on. */
    private List<String> missed(List<String> questions, StepException none) {
        outside.unanswered(questions);
        if (!outside.hasGoneOnWithout(questions) && fails.getAsBoolean()) {
            throw none;
        }
        return questions;
    }

    private static String question(Ask<Long> ask) {
        return ((Ledger.Asked) ask.message()).question();
    }

    private List<String> awaitSignal(Turn turn) throws InterruptedException {
        var signal = turn.signal(
                "signal", Long.class, Duration.ofMillis(turn.random().nextInt(1, 8_000)));
        if (turn.random().nextBoolean()) {
            act(turn);
        }
        handOver.run();
        try {
            outside.answered(signal.id(), turn.awaitSignal(signal));
            return List.of();
        } catch (StepException none) {
            return missed(List.of(signal.id()), none);
        }
    }

    /** Takes some steps, one by one or beside each other, some with large results; a few go on when one fails. */
    private void act(Turn turn) throws InterruptedException {
        for (int count = turn.random().nextInt(3); count > 0; count--) {
            boolean goesOn = turn.random().nextBoolean();
            var steps = new ArrayList<Step<Act>>();
            var sizes = new ArrayList<Integer>();
            for (int beside = turn.random().nextInt(1, 3); beside > 0; beside--) {
                int size = turn.random().nextInt(3) == 0 ? turn.random().nextInt(LARGEST) : 0;
                sizes.add(size);
                steps.add(step("step " + count + "." + beside, turn.random().nextInt(1, 3), turn.message(), size));
            }
            try {
                var results = turn.steps(steps);
                for (int place = 0; place < sizes.size(); place++) {
                    outside.goesOn(results.get(place), sizes.get(place));
                }
            } catch (StepException failed) {
                if (!goesOn) {
                    throw failed;
                }
            }
        }
    }

    private Step<Act> step(String name, int attempts, Message of, int size) {
        return Step.of(name, context -> {
                    handOver.run();
                    return Act.of(outside.act(context.idempotencyKey(), of), size);
                })
                .withAttempts(attempts, Duration.ofMillis(100));
    }

    private LedgerState pass(Address to, LedgerState state, Turn turn) {
        if (to.equals(turn.self())) {
            return state;
        }
        handOver.run();
        if (!to.key().startsWith("mortal") && turn.random().nextInt(3) == 0) {
            turn.request(to, new Ledger.Requested(turn.self().key(), state.requests() + 1));
            return state.requested();
        }
        var next = state.passed(to.key());
        turn.send(
                to,
                new Ledger.Passed(turn.self().key(), next.sent().getOrDefault(to.key(), 0L)),
                Delivery.of(turn.random().nextInt(10)));
        return next;
    }
}
