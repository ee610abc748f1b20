package org.openclaw.agent.runtime.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Message;
import org.openclaw.store.AgentName;

/** Suspends turns, and asks what they want to know. Belongs to the thread of the {@link Core}. */
final class Suspensions {
    /** The number of a question that has none here. */
    private static final long ELSEWHERE = 0;

    private final Settings settings;
    private final Surroundings world;
    private final Core core;
    private final HostedTypes types;
    private final Directory directory;
    private final Rooms rooms;
    private final Steps steps;
    private final Answers answers;
    private final Inboxes inboxes;
    private final Lives lives;
    private final Outcomes outcomes;
    private final EventRing events;

    Suspensions(
            Settings settings,
            Surroundings world,
            Core core,
            HostedTypes types,
            Directory directory,
            Rooms rooms,
            Steps steps,
            Answers answers,
            Inboxes inboxes,
            Lives lives,
            Outcomes outcomes,
            EventRing events) {
        this.settings = settings;
        this.world = world;
        this.core = core;
        this.types = types;
        this.directory = directory;
        this.rooms = rooms;
        this.steps = steps;
        this.answers = answers;
        this.inboxes = inboxes;
        this.lives = lives;
        this.outcomes = outcomes;
        this.events = events;
    }

    /** The handler of a turn was left, because it waits for something; its turn goes on at once where that is there already. */
    void suspend(Cell cell, TurnEnd turn, Pending pending, Transaction into) {
        var job = turn.job();
        cell.drop();
        for (int place = 0; place < turn.sends().size(); place++) {
            ask(cell, job, pending.questions().get(place), turn.sends().get(place), into);
        }
        var waits = new ArrayList<Held.Wait>();
        var names = new StringJoiner(", ");
        for (int ordinal : pending.awaited()) {
            steps.current(job.number(), ordinal)
                    .ifPresent(step -> step.open().ifPresent(open -> {
                        waits.add(new Held.Wait(
                                ordinal,
                                open.question().map(StepRecord.Asked::to).orElse(null)));
                        names.add(step.name());
                    }));
        }
        if (!waits.isEmpty()) {
            lives.await(cell, new Held.Awaited(job.number(), turn.at(), waits), into);
        }
        into.then(() -> {
            outcomes.waiting(job.number());
            if (!waits.isEmpty()) {
                outcomes.leave(job.number());
                directory.unload(cell);
                var told = EventRing.Told.of(turn, EventRing.cut(names.toString()));
                events.add(EventKind.TURN_SUSPENDED, cell.name(), cell.number(), turn.at(), told, "", "");
            }
        });
        lives.settle(cell, into);
    }

    private void ask(Cell cell, Job job, Pending.Question question, Inboxes.Outgoing outgoing, Transaction into) {
        var now = world.clock().instant();
        var refused = refusal(cell, outgoing);
        if (refused.isPresent()) {
            steps.decide(job.number(), question.ordinal(), question.step().ended(Micros.of(now), refused.get()), into);
            return;
        }
        var asked = deliver(outgoing, into);
        steps.open(
                job,
                question.ordinal(),
                question.step(),
                now.plus(question.within()),
                question.className(),
                asked,
                into);
    }

    private StepRecord.Asked deliver(Inboxes.Outgoing outgoing, Transaction into) {
        var to = outgoing.to();
        var envelope = outgoing.envelope();
        var answer = Optional.of(answer(to, Objects.requireNonNull(envelope.asker())));
        if (!types.isHosted(to.address().type())
                && world.elsewhere().takes(to.tenant(), to.address(), envelope.message(), answer)) {
            rooms.give(to, envelope.origin(), outgoing.bytes().length);
            return new StepRecord.Asked(to.address(), Directory.NONE, ELSEWHERE);
        }
        var ticket = inboxes.ask(outgoing, into);
        return new StepRecord.Asked(to.address(), ticket.agent(), ticket.number());
    }

    /** For somebody outside. */
    private Consumer<Message> answer(AgentName by, Envelope.Asker asker) {
        return reply -> core.submit(
                by.tenant(),
                into -> answers.reply(by.address(), by.tenant(), ELSEWHERE, asker, Optional.of(reply), into));
    }

    /** Why a question cannot be asked; takes the room for it otherwise. */
    private Optional<StepRecord.Outcome.Failure> refusal(Cell cell, Inboxes.Outgoing outgoing) {
        var to = outgoing.to();
        var look = outgoing.look();
        var address = to.address();
        var chain = circle(cell, to);
        if (!chain.isEmpty()) {
            return failure(
                    "ask.circle",
                    "Refused a question in a circle: " + String.join(", who waits for ", chain)
                            + ". Nobody in it would ever be answered (expected: somebody who waits for none of those who wait for"
                            + " the answer). Use request, which suspends nothing.");
        }
        long number = directory.number(to, look);
        boolean drains = directory
                .resident(to, look)
                .filter(found -> found.held().draining())
                .isPresent();
        if (number < Directory.NONE || drains) {
            return failure(
                    "ask.failed",
                    "Refused a question to " + address
                            + ": it is retired, or being so, and takes no messages any more (expected: another agent). Ask"
                            + " another, or purge it to begin a new one there.");
        }
        if (number == Directory.NONE && directory.count() >= settings.agents()) {
            return failure(
                    "ask.refused",
                    "Refused a question to " + address
                            + ", which does not exist yet: this node cannot take another agent (expected: at most "
                            + settings.agents() + "). Retire agents, or raise the bound.");
        }
        if (!rooms.reserve().take(1, outgoing.bytes().length)) {
            return failure(
                    "ask.refused",
                    "Refused a question to " + address
                            + ": the reserve for messages between agents is used up twice over. Look for agents that send"
                            + " more than their receivers handle.");
        }
        return Optional.empty();
    }

    private static Optional<StepRecord.Outcome.Failure> failure(String code, String text) {
        return Optional.of(new StepRecord.Outcome.Failure(code, text));
    }

    /** From who asks to itself, along those who wait for each other; empty when there is no such way. */
    private List<String> circle(Cell asking, AgentName to) {
        var self = asking.name();
        Map<AgentName, AgentName> cameFrom = new HashMap<>();
        var left = new ArrayDeque<AgentName>();
        cameFrom.put(to, self);
        left.add(to);
        while (!left.isEmpty()) {
            var at = left.remove();
            if (at.equals(self)) {
                return way(cameFrom, self);
            }
            for (var next : asked(at)) {
                if (cameFrom.putIfAbsent(next, at) == null) {
                    left.add(next);
                }
            }
        }
        return List.of();
    }

    /** Whom an agent waits for. */
    private List<AgentName> asked(AgentName by) {
        return directory
                .resident(by)
                .flatMap(cell -> Optional.ofNullable(cell.held().awaited()))
                .map(awaited -> awaited.waits().stream()
                        .flatMap(wait -> Stream.ofNullable(wait.asked()))
                        .map(asked -> new AgentName(by.tenant(), asked))
                        .toList())
                .orElse(List.of());
    }

    private static List<String> way(Map<AgentName, AgentName> cameFrom, AgentName self) {
        var way = new ArrayList<String>();
        way.add(self.address().toString());
        for (var at = cameFrom.get(self); at != null && !at.equals(self); at = cameFrom.get(at)) {
            way.add(at.address().toString());
        }
        way.add(self.address().toString());
        return way.reversed();
    }
}
