package org.openclaw.agent.runtime.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.Tenant;
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
            Outcomes outcomes) {
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
    }

    /** The handler of a turn was left, because it waits for something; its turn goes on at once where that is there already. */
    void suspend(Cell cell, TurnEnd turn, Pending pending, Transaction into) {
        var job = turn.job();
        cell.drop();
        pending.questions().forEach(question -> ask(cell, job, question, into));
        var waits = new ArrayList<Held.Wait>();
        for (int ordinal : pending.awaited()) {
            steps.current(job.number(), ordinal)
                    .map(StepRecord::outcome)
                    .filter(StepRecord.Outcome.Open.class::isInstance)
                    .map(StepRecord.Outcome.Open.class::cast)
                    .ifPresent(open -> waits.add(new Held.Wait(ordinal, whom(open))));
        }
        if (!waits.isEmpty()) {
            lives.await(cell, new Held.Awaited(job.number(), turn.at(), waits), into);
        }
        into.then(() -> {
            outcomes.waiting(job.number());
            if (!waits.isEmpty()) {
                outcomes.leave(job.number());
                directory.unload(cell);
            }
        });
        lives.settle(cell, into);
    }

    private static @Nullable Address whom(StepRecord.Outcome.Open open) {
        var asked = open.asked();
        return asked == null ? null : asked.to();
    }

    private void ask(Cell cell, Job job, Pending.Question question, Transaction into) {
        var now = world.clock().instant();
        var until = now.plus(question.within());
        var to = new AgentName(cell.name().tenant(), question.message().to());
        var asker = new Envelope.Asker(cell.name().address(), cell.number(), job.number(), question.ordinal());
        var envelope = new Envelope(
                Envelope.Origin.AGENT,
                world.seeds().getAsLong(),
                Micros.of(now),
                0,
                question.message().message(),
                asker);
        var bytes = envelope.bytes();
        var refused = refusal(cell, to, bytes.length);
        if (refused.isPresent()) {
            steps.decide(job.number(), question.ordinal(), question.step().ended(Micros.of(now), refused.get()), into);
            return;
        }
        var address = to.address();
        if (!types.isHosted(address.type())
                && world.elsewhere()
                        .takes(
                                to.tenant(),
                                address,
                                envelope.message(),
                                Optional.of(answer(address, to.tenant(), asker)))) {
            rooms.give(to, Envelope.Origin.AGENT, bytes.length);
            var asked = new StepRecord.Asked(address, Directory.NONE, ELSEWHERE);
            steps.open(job, question.ordinal(), question.step(), until, question.className(), asked, into);
            return;
        }
        var ticket = inboxes.ask(new Inboxes.Outgoing(to, directory.look(to), envelope, bytes), into);
        var asked = new StepRecord.Asked(address, ticket.agent(), ticket.number());
        steps.open(job, question.ordinal(), question.step(), until, question.className(), asked, into);
    }

    /** For somebody outside. */
    private Consumer<Message> answer(Address by, Tenant tenant, Envelope.Asker asker) {
        return reply -> core.submit(into -> answers.reply(by, tenant, ELSEWHERE, asker, Optional.of(reply), into));
    }

    /** Why a question cannot be asked; takes the room for it otherwise. */
    private Optional<StepRecord.Outcome.Failure> refusal(Cell cell, AgentName to, int size) {
        var address = to.address();
        var chain = circle(cell, to);
        if (!chain.isEmpty()) {
            return failure(
                    "ask.circle",
                    "Refused a question in a circle: " + String.join(", who waits for ", chain)
                            + ". Nobody in it would ever be answered (expected: somebody who waits for none of those who wait for"
                            + " the answer). Use request, which suspends nothing.");
        }
        var look = directory.look(to);
        long number = directory.number(to, look);
        boolean drains = directory
                .resident(to, look)
                .filter(found -> found.held().draining())
                .isPresent();
        if (number < Directory.NONE || drains) {
            return failure(
                    "ask.failed", "Refused a question: " + address + " is retired, and takes no messages any more.");
        }
        if (number == Directory.NONE && directory.count() >= settings.agents()) {
            return failure(
                    "ask.refused",
                    "Refused a question to " + address
                            + ", which does not exist yet: this node cannot take another agent" + " (expected: at most "
                            + settings.agents() + " agents).");
        }
        if (!rooms.reserve().take(1, size)) {
            return failure(
                    "ask.refused",
                    "Refused a question to " + address
                            + ": the reserve for messages between agents is used up twice over.");
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
            directory.resident(at).flatMap(cell -> cell.held().suspendedTurn()).ifPresent(awaited -> {
                for (var wait : awaited.waits()) {
                    var asked = wait.asked();
                    var next = asked == null ? null : new AgentName(self.tenant(), asked);
                    if (next != null && cameFrom.putIfAbsent(next, at) == null) {
                        left.add(next);
                    }
                }
            });
        }
        return List.of();
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
