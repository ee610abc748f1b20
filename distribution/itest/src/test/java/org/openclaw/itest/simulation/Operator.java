package org.openclaw.itest.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Waits;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.SubscribeReceipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.Tenant;

/**
 * Does what operators and deployments do, at any moment of a life of the node: suspends and resumes, brings and takes away
 * versions; and to the mortal agents also what loses messages: cancels, retires, purges.
 */
final class Operator {
    private final Engine engine;
    private final Executor threads;
    private final SplittableRandom random;
    private final List<Address> agents;
    private final List<Address> mortals;
    private final List<Client> clients;
    private final Set<Address> purged;
    private final Outside outside;
    private final Supplier<AgentVersion> versions;
    private final List<Asker> askers = new ArrayList<>();
    private @Nullable AgentVersion serving;

    /**
     * @param agents to suspend and resume
     * @param mortals those among them that may lose messages
     * @param clients whose messages are cancelled if they are for a mortal
     * @param purged where those are noted that may have been purged
     * @param outside hears what was acknowledged
     * @param versions makes another one, higher than all before
     */
    Operator(
            Engine engine,
            Executor threads,
            SplittableRandom random,
            List<Address> agents,
            List<Address> mortals,
            List<Client> clients,
            Set<Address> purged,
            Outside outside,
            Supplier<AgentVersion> versions) {
        this.engine = engine;
        this.threads = threads;
        this.random = random;
        this.agents = agents;
        this.mortals = mortals;
        this.clients = clients;
        this.purged = purged;
        this.outside = outside;
        this.versions = versions;
    }

    void step() {
        switch (random.nextInt(23)) {
            case 0, 1 -> suspend(one(agents));
            case 2, 3, 4, 5 -> resume(one(agents));
            case 6 -> ask(() -> engine.suspendType(LedgerAgent.TYPE));
            case 7, 8 -> ask(() -> engine.resumeType(LedgerAgent.TYPE));
            case 9, 10 -> receipt().ifPresent(receipt -> ask(() -> engine.cancel(Tenant.DEFAULT, receipt)));
            case 11 -> retire(one(mortals));
            case 12 -> purge(one(mortals));
            case 13 -> replace();
            case 14 -> takeAway();
            case 15, 16, 17, 18, 19, 20 -> signal();
            case 21 -> rewind();
            default -> bring();
        }
    }

    /** Subscribes, before anything is published. */
    void subscribe(Runnable subscribed) {
        ask(() -> {
            for (var subscription : News.subscriptions()) {
                if (!(engine.topics().subscribe(Tenant.DEFAULT, subscription, new Subscription.Start.Now())
                        instanceof SubscribeReceipt.Subscribed)) {
                    return;
                }
            }
            subscribed.run();
        });
    }

    /** Sets the subscription back that may get things twice, or replays to its agent. To a time that is not at the beginning it might miss some. */
    private void rewind() {
        var from = random.nextBoolean() ? new Subscription.Start.Oldest() : new Subscription.Start.At(Instant.EPOCH);
        if (random.nextBoolean()) {
            ask(() -> engine.topics().rewind(Tenant.DEFAULT, News.TOPIC, "again", from));
        } else {
            var filter = MessageFilter.type("ledger.*");
            var to = new Subscription.Receiver.One(News.AGAIN);
            ask(() -> engine.topics().replay(Tenant.DEFAULT, News.TOPIC, filter, to, from));
        }
    }

    /** Lets everybody go on. */
    void release() {
        bring();
        ask(() -> engine.resumeType(LedgerAgent.TYPE));
        agents.forEach(this::resume);
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void suspend(Address agent) {
        ask(() -> engine.suspend(Tenant.DEFAULT, agent));
    }

    private void resume(Address agent) {
        ask(() -> engine.resume(Tenant.DEFAULT, agent));
    }

    private void retire(Address mortal) {
        ask(() -> engine.retire(Tenant.DEFAULT, mortal));
    }

    private void purge(Address mortal) {
        purged.add(mortal);
        ask(() -> engine.purge(Tenant.DEFAULT, mortal));
    }

    private Optional<ReceiptId> receipt() {
        var client = one(clients);
        return mortals.contains(client.to()) && !client.receipts().isEmpty()
                ? Optional.of(one(client.receipts()))
                : Optional.empty();
    }

    void bring() {
        if (serving == null) {
            serving = versions.get();
            engine.add(serving);
        }
    }

    private void takeAway() {
        var old = serving;
        if (old != null) {
            serving = null;
            remove(old);
        }
    }

    private void replace() {
        var old = serving;
        serving = versions.get();
        engine.add(serving);
        if (old != null) {
            remove(old);
        }
    }

    /** It gives turns in flight no time to end. */
    private void remove(AgentVersion version) {
        ask(() -> {
            try {
                engine.remove(version);
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        });
    }

    /** Answers a signal that a turn waits for, or answered once before with another answer. */
    private void signal() {
        long answer = random.nextLong(1_000_000);
        int which = random.nextInt(5);
        ask(() -> {
            var waits =
                    engine.waits().list(Tenant.DEFAULT, Optional.empty(), 100).waits();
            waits.stream()
                    .flatMap(wait -> wait.signal().stream())
                    .skip(which)
                    .findFirst()
                    .ifPresent(id -> {
                        if (engine.waits().answer(Tenant.DEFAULT, id, Body.json(Long.toString(answer)))
                                instanceof Waits.Answer.Taken) {
                            outside.taken(id, answer);
                        }
                        if (which % 2 == 0
                                && engine.waits().answer(Tenant.DEFAULT, id, Body.json(Long.toString(answer + 1)))
                                        instanceof Waits.Answer.Taken) {
                            outside.taken(id, answer + 1);
                        }
                    });
        });
    }

    private void ask(Runnable question) {
        var asker = new Asker(threads, question);
        if (!asker.settle()) {
            askers.add(asker);
        }
    }

    /** Lets those who have been answered meanwhile go on. */
    void settle() {
        askers.removeIf(Asker::settle);
    }
}
