package org.openclaw.test.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.openclaw.agent.Agent;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Agents;
import org.openclaw.agent.Query;
import org.openclaw.agent.WaitView;
import org.openclaw.agent.Waits;
import org.openclaw.agent.runtime.engine.Alarms;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.engine.MemoryTurnStore;
import org.openclaw.agent.runtime.engine.MessageNames;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.agent.runtime.engine.Surroundings;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.MessageBus;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.PublicationPage;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.message.Topics;
import org.openclaw.message.TrackedMessage;
import org.openclaw.schema.json.JsonSchemas;

/**
 * Some agent types on an engine of their own.
 *
 * <pre>{@code
 * var kit = AgentKit.of(new CounterAgent());
 * kit.send("counter/a", new Counter.Add(2));
 * assertThat(kit.query("counter/a", new Counter.Total())).isEqualTo(2);
 * kit.advance(Duration.ofHours(1));
 * assertThat(kit.state("counter/a", CounterState.class).total()).isEqualTo(0);
 * }</pre>
 *
 * <p>Messages cross as JSON, as they do in the container. Each call returns when there is nothing left to do at the present
 * time of the kit: also what agents have sent to each other is handled then. A message is tried once: a turn that fails is not
 * tried again, whatever its agent's {@code @OnFailure} says. A turn that takes steps is run again against their record, as
 * after a crash, where it waits and at its end, and fails when it does something else then. Everything runs on the calling thread; not thread-safe. The tenant is
 * {@link Tenant#DEFAULT}.
 */
public final class AgentKit {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MAX_STEPS = 100_000;
    private static final int PAGE = 1_000;

    private final long seed;
    private final KitThreads threads = new KitThreads(MAX_STEPS, this::passUntilNext);
    private final Alarms alarms = new Alarms();
    private final List<SentMessage> sent = new ArrayList<>();
    private final Map<SentMessage, Consumer<Message>> replies = new HashMap<>();
    private final List<TrackedMessage> failures = new ArrayList<>();
    private final KitPreviews previews = new KitPreviews();
    private final Failures thrown = new Failures();
    private final JsonCodec codec = new JsonCodec();
    private final Engine engine;
    private Instant now = START;
    private long ids;

    private AgentKit(long seed, List<? extends Agent<?, ?>> agents) {
        this.seed = seed;
        var seeds = new SplittableRandom(seed);
        engine = new Engine(
                Settings.USUAL,
                new Surroundings(
                        new MemoryTurnStore(),
                        Runnable::run,
                        (_, commit) -> commit.run(),
                        () -> now,
                        System::nanoTime,
                        threads,
                        alarms,
                        seeds::nextLong,
                        this::takeSent,
                        observer(),
                        _ -> {}));
        long registration = 0;
        var schemas = new JsonSchemas();
        for (var agent : agents) {
            engine.add(KitVersions.of(agent.getClass(), thrown.watched(agent), ++registration, schemas));
        }
    }

    /**
     * A kit with these agents and the seed 1. Each agent's type, messages and state are those that the annotation processor
     * has written to {@code OSGI-INF/openclaw} beside its class.
     *
     * @throws IllegalArgumentException when there is no such file for an agent
     */
    public static AgentKit of(Agent<?, ?>... agents) {
        return seeded(1, agents);
    }

    /** The same with a seed, which decides all randomness and all ids that agents see. */
    public static AgentKit seeded(long seed, Agent<?, ?>... agents) {
        return new AgentKit(seed, List.of(agents));
    }

    /**
     * Sends a message and runs whatever comes of it.
     *
     * @param address {@code type/key}
     * @param message a record that the agent understands
     * @return where the message ended: {@link MessageStatus.Done} or {@link MessageStatus.Dead}; a message to an agent
     *     that cannot go on is {@link MessageStatus.Waiting}
     * @throws AssertionError when it was refused; the text says why
     */
    public MessageStatus send(String address, Object message) {
        return send(Address.parse(address), message);
    }

    /** The same with an address. */
    public MessageStatus send(Address to, Object message) {
        return deliver(to, MessageNames.of(to.type(), message.getClass()), codec.encode(message), Delivery.NORMAL);
    }

    /** The same for a message that is not delivered as usual. */
    public MessageStatus send(String address, Object message, Delivery delivery) {
        var to = Address.parse(address);
        return deliver(to, MessageNames.of(to.type(), message.getClass()), codec.encode(message), delivery);
    }

    /**
     * Sends a message as JSON, as a client from outside would.
     *
     * @param type its CloudEvents type, such as {@code triage.Webhook}
     * @throws AssertionError when it was refused; the text says why
     */
    public MessageStatus sendJson(String address, String type, String json) {
        return deliver(Address.parse(address), type, Body.json(json), Delivery.NORMAL);
    }

    /**
     * Offers a message as JSON, and says what the bus says to it, also when that is a refusal. An accepted message is
     * handled before this returns.
     */
    public Receipt offer(String address, String type, String json) {
        var receipt = engine.send(Tenant.DEFAULT, Address.parse(address), message(type, Body.json(json)));
        threads.runAll(this);
        return receipt;
    }

    private MessageStatus deliver(Address to, String type, Body body, Delivery delivery) {
        var receipt = engine.send(Tenant.DEFAULT, to, message(type, body).with(delivery));
        threads.runAll(this);
        return switch (receipt) {
            case Receipt.Refused refused ->
                throw new AssertionError(
                        refused.refusal().text() + " [" + refused.refusal().code() + ", " + this + "]");
            case Receipt.Accepted accepted ->
                engine.find(Tenant.DEFAULT, accepted.id()).orElseThrow().status();
        };
    }

    /**
     * Publishes a message and runs whatever comes of it.
     *
     * @param topic the name of a topic; its CloudEvents type is {@code <topic>.<record name>}, unless the record says otherwise
     * @throws AssertionError when it was refused; the text says why
     */
    public void publish(String topic, Object message) {
        publish(topic, message, Attributes.NONE);
    }

    /** The same with a subject and extension attributes. */
    public void publish(String topic, Object message, Attributes attributes) {
        var published = message(MessageNames.of(topic, message.getClass()), codec.encode(message))
                .with(attributes);
        if (engine.topics().publish(Tenant.DEFAULT, Topic.of(topic), published)
                instanceof PublishReceipt.Refused(var refusal)) {
            throw new AssertionError(refusal.text() + " [" + refusal.code() + ", " + this + "]");
        }
        threads.runAll(this);
    }

    /** What is retained of what agents and the test have published to a topic, in order; empty when there is no such topic. */
    public List<PublishedMessage> published(String topic) {
        var found = new ArrayList<PublishedMessage>();
        long after = 0;
        while (engine.topics().read(Tenant.DEFAULT, Topic.of(topic), MessageFilter.everything(), after, PAGE)
                instanceof PublicationPage.Read(var publications, long next, boolean more)) {
            publications.forEach(each -> found.add(new PublishedMessage(each.sequence(), each.message())));
            if (!more) {
                break;
            }
            after = next;
        }
        return List.copyOf(found);
    }

    /** The topics of the kit: to subscribe agents, and to look at subscriptions. What is published there runs at the next {@link #run}. */
    public Topics topics() {
        return engine.topics();
    }

    private Message message(String type, Body body) {
        return new Message("kit-" + ++ids, "/test", type, now, body);
    }

    /**
     * Sends a message or a query and returns the reply.
     *
     * @param reply the class of the reply, of the agent or of the test
     * @throws AssertionError when it was refused, its turn failed, or there was no reply
     */
    public <R> R ask(String address, Object message, Class<R> reply) {
        return reply(address, send(address, message), reply);
    }

    /**
     * Sends a query and returns the answer, as the class that the query names: {@code record Total() implements
     * Query<Integer>}.
     *
     * @throws AssertionError when it was refused, failed, or there was no answer
     */
    public <R> R query(String address, Query<R> query) {
        return reply(address, send(address, query), QueryTypes.answerOf(query));
    }

    private <R> R reply(String address, MessageStatus status, Class<R> type) {
        return switch (status) {
            case MessageStatus.Done done -> {
                var reply = done.reply()
                        .orElseThrow(() -> new AssertionError(
                                address + " did not reply (expected: " + type.getSimpleName() + ") [" + this + "]"));
                yield decode("the reply of " + address, reply.body(), type);
            }
            case MessageStatus.Dead dead ->
                throw new AssertionError(
                        "the turn of " + address + " failed: " + dead.cause() + " [" + dead.code() + ", " + this + "]",
                        thrown.causeOf(dead).orElse(null));
            case MessageStatus.Waiting _,
                    MessageStatus.Running _,
                    MessageStatus.Suspended _,
                    MessageStatus.Cancelled _,
                    MessageStatus.Expired _ ->
                throw new AssertionError(address + " did not handle the message: " + status + " [" + this + "]");
        };
    }

    /**
     * The last committed state of an agent.
     *
     * @throws AssertionError when there is no such agent, or it has committed no turn
     */
    public <S> S state(String address, Class<S> type) {
        var memory = view(address)
                .memory()
                .orElseThrow(() -> new AssertionError(address + " has committed no turn [" + this + "]"));
        return decode("the state of " + address, memory, type);
    }

    /** Whether there is such an agent. */
    public boolean exists(String address) {
        return engine.find(Tenant.DEFAULT, Address.parse(address)).isPresent();
    }

    /**
     * An agent as seen from outside: its timers, its counts.
     *
     * @throws AssertionError when there is no such agent
     */
    public AgentView view(String address) {
        return engine.find(Tenant.DEFAULT, Address.parse(address))
                .orElseThrow(() -> new AssertionError("there is no agent " + address + " [" + this + "]"));
    }

    /** Lets time pass: timers that come due fire in order, each at its time, and what comes of them is handled. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("advance: " + by + " (expected: not negative)");
        }
        var end = now.plus(by);
        while (true) {
            var next = alarms.next();
            if (next.isEmpty() || next.get().isAfter(end)) {
                break;
            }
            if (next.get().isAfter(now)) {
                now = next.get();
            }
            alarms.fire(now);
            threads.runAll(this);
        }
        now = end;
        engine.sweep();
    }

    /** A step waits for its next attempt. */
    private void passUntilNext() {
        var next = alarms.next().orElseThrow(() -> new AssertionError("a step waits for ever [" + this + "]"));
        now = next.isAfter(now) ? next : now;
        alarms.fire(now);
    }

    /** The time of the kit; it begins on 1 January 2026, midnight UTC. */
    public Instant now() {
        return now;
    }

    /** What agents have sent to types that are not in the kit, in order. */
    public List<SentMessage> sent() {
        return List.copyOf(sent);
    }

    /** What agents have sent to types that are not in the kit, and forgets it: for tests in several acts. */
    public List<SentMessage> takeSent() {
        var taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** The messages whose turns failed, also those that agents sent to each other, in order. */
    public List<TrackedMessage> failures() {
        return List.copyOf(failures);
    }

    /**
     * What the turns of an agent have shown before their end, in order: one text for each attempt at a message that has shown
     * something.
     */
    public List<String> previews(String address) {
        return previews.of(Address.parse(address));
    }

    /** The bus of the kit; what is sent through it runs at the next {@link #run}. */
    public MessageBus bus() {
        return engine;
    }

    /** The agents of the kit. */
    public Agents agents() {
        return engine;
    }

    /** Runs what was sent through {@link #bus}. */
    public void run() {
        threads.runAll(this);
    }

    private boolean takeSent(Tenant tenant, Address to, Message message, Optional<Consumer<Message>> reply) {
        var taken = new SentMessage(to, message);
        sent.add(taken);
        reply.ifPresent(awaited -> replies.put(taken, awaited));
        return true;
    }

    /**
     * Replies to what an agent has asked or requested of a type that is not in the kit, and runs whatever comes of it.
     *
     * @param question one of {@link #sent}
     * @throws AssertionError when no reply to it is wanted, or it was given already
     */
    public void reply(SentMessage question, Object reply) {
        var awaited = replies.remove(question);
        if (awaited == null) {
            throw new AssertionError("nobody waits for a reply to the " + question.type() + " to " + question.to()
                    + " (expected: a message sent by ask or request, that was not replied to before) [" + this + "]");
        }
        var source = "/test/agents/" + question.to().type();
        var type = MessageNames.of(question.to().type(), reply.getClass());
        awaited.accept(new Message("kit-" + ++ids, source, type, now, codec.encode(reply)));
        threads.runAll(this);
    }

    /** What the suspended turn of an agent waits for; empty when none is suspended. */
    public List<WaitView> waits(String address) {
        return engine.waits().of(Tenant.DEFAULT, Address.parse(address));
    }

    /**
     * Answers a signal that an agent waits for, and runs whatever comes of it.
     *
     * @param name as the turn has named it
     * @throws AssertionError when the agent does not wait for it, or the answer was refused; the text says why
     */
    public void signal(String address, String name, Object answer) {
        var waits = waits(address);
        var signal = waits.stream()
                .filter(wait -> wait.name().equals(name))
                .flatMap(wait -> wait.signal().stream())
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(address + " does not wait for the signal '" + name + "' (it waits for: "
                                + waits.stream().map(WaitView::name).toList() + ") [" + this + "]"));
        if (engine.waits().answer(Tenant.DEFAULT, signal, codec.encode(answer))
                instanceof Waits.Answer.Refused(var refusal)) {
            throw new AssertionError(refusal.text() + " [" + refusal.code() + ", " + this + "]");
        }
        threads.runAll(this);
    }

    private Surroundings.Observer observer() {
        return new Surroundings.Observer() {
            @Override
            public void died(Tenant tenant, TrackedMessage message) {
                failures.add(message);
            }

            @Override
            public void previewed(Tenant tenant, Address agent, ReceiptId receipt, int attempt, String text) {
                previews.add(agent, receipt, attempt, text);
            }
        };
    }

    private <T> T decode(String what, Body body, Class<T> type) {
        return switch (codec.decode(body, type)) {
            case Decoded.Fit fit -> type.cast(fit.value());
            case Decoded.Unfit unfit ->
                throw new AssertionError("%s does not fit %s: %s. It is %s [%s]"
                        .formatted(
                                what, type.getSimpleName(), unfit.violations().getFirst(), body.text(), this));
        };
    }

    /** The seed and the time, for the text of a failed assertion. */
    @Override
    public String toString() {
        return "AgentKit seed " + seed + " at " + now;
    }

    /** What an agent replied, as one of the test's own classes; empty when it did not. */
    public <R> Optional<R> replyOf(MessageStatus status, Class<R> type) {
        return status instanceof MessageStatus.Done done
                ? done.reply().map(reply -> decode("the reply", reply.body(), type))
                : Optional.empty();
    }
}
