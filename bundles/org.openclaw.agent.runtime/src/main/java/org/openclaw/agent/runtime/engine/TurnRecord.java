package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Ask;
import org.openclaw.agent.Schedule;
import org.openclaw.agent.Signal;
import org.openclaw.agent.Step;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Subscription;
import org.openclaw.message.Topic;

/**
 * Writes down what a handler does, for the commit. Everything is encoded at once, so that a later change to an object that
 * was sent changes nothing.
 */
final class TurnRecord implements Turn {
    private static final int MAX_NAME = 64;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final TurnFrame frame;
    private final Thread owner = Thread.currentThread();
    private final SplittableRandom ids;
    private final SplittableRandom random;
    private final List<Effects.Send> sends = new ArrayList<>();
    private final Map<String, Optional<Effects.Reminder>> timers = new LinkedHashMap<>();
    private final List<TopicEffect> topics = new ArrayList<>();
    private @Nullable Message reply;
    private long ordinal;
    private boolean acting;
    private volatile boolean over;

    TurnRecord(TurnFrame frame) {
        this.frame = frame;
        // two streams of 64 bits each: ids of different turns must differ even where their seeds collide in one half
        this.ids = new SplittableRandom(frame.seed());
        this.random = new SplittableRandom(frame.secondSeed());
    }

    @Override
    public Address self() {
        check();
        return frame.self();
    }

    @Override
    public Message message() {
        check();
        return frame.message();
    }

    @Override
    public Instant now() {
        check();
        return frame.now();
    }

    @Override
    public UUID newId() {
        check();
        long high = ids.nextLong();
        long low = ids.nextLong() ^ frame.secondSeed();
        return new UUID((high & ~0xF000L) | 0x4000L, (low & ~(3L << 62)) | (1L << 63));
    }

    @Override
    public RandomGenerator random() {
        check();
        return random;
    }

    @Override
    public void send(Address to, Object message, Delivery delivery) {
        checkEffect("send a message");
        sends.add(sent(to, message, delivery, false));
    }

    @Override
    public void request(Address to, Object message, Delivery delivery) {
        checkEffect("send a message");
        sends.add(sent(to, message, delivery, true));
    }

    private Effects.Send sent(Address to, Object message, Delivery delivery, boolean replied) {
        var type = MessageNames.of(to.type(), message.getClass());
        return new Effects.Send(to, outgoing(type, encode(message, "to " + to)).with(delivery), replied);
    }

    @Override
    public void publish(Topic topic, Object message, Attributes attributes) {
        checkEffect("publish a message");
        var type = MessageNames.of(topic.name(), message.getClass());
        var body = encode(message, "to the topic '" + topic + "'");
        topics.add(new TopicEffect.Publish(topic, outgoing(type, body).with(attributes)));
    }

    @Override
    public void subscribe(Topic topic, MessageFilter filter, Subscription.Start from) {
        checkEffect("subscribe");
        topics.add(new TopicEffect.Subscribe(topic, filter, from));
    }

    @Override
    public void unsubscribe(Topic topic) {
        checkEffect("unsubscribe");
        topics.add(new TopicEffect.Unsubscribe(topic));
    }

    @Override
    public void reply(Object answer) {
        check();
        var type = MessageNames.of(frame.self().type(), answer.getClass());
        reply = outgoing(type, encode(answer, "in reply"));
    }

    @Override
    public void remindAfter(String name, Duration delay, Object message) {
        checkEffect("set a timer");
        requireName("timer", name);
        remind(name, after(name, delay), message, ownType(message), Optional.empty());
    }

    @Override
    public void remindAfter(Duration delay, Object message) {
        checkEffect("set a timer");
        var type = ownType(message);
        remind(type, after(type, delay), message, type, Optional.empty());
    }

    @Override
    public void remindAt(String name, Instant time, Object message) {
        checkEffect("set a timer");
        requireName("timer", name);
        remind(name, time, message, ownType(message), Optional.empty());
    }

    @Override
    public void schedule(String name, Schedule schedule, Object message) {
        checkEffect("set a schedule");
        requireName("schedule", name);
        var again = Recurrence.of(schedule, frame.now());
        var first = again.after(frame.now())
                .orElseThrow(() -> new IllegalArgumentException(
                        "schedule '" + name + "', " + again.name() + ", never fires (expected: one that does)"));
        remind(name, first, message, ownType(message), Optional.of(again));
    }

    private static void requireName(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    what + " name of " + name.length() + " characters (expected: 1 to " + MAX_NAME + ")");
        }
    }

    private Instant after(String name, Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("timer '" + name + "': delay " + delay + " (expected: not negative)");
        }
        return frame.now().plus(delay);
    }

    private void remind(String name, Instant time, Object message, String type, Optional<Recurrence> again) {
        if (time.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "timer '" + name + "' at " + time + " (expected: at " + LATEST + " at the latest)");
        }
        var due = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
        timers.put(name, Optional.of(new Effects.Reminder(due, type, encode(message, "to itself"), again)));
    }

    @Override
    public void forget(String name) {
        checkEffect("forget a timer");
        timers.put(name, Optional.empty());
    }

    @Override
    public <T extends @Nullable Object> List<T> steps(List<Step<T>> steps) throws InterruptedException {
        checkEffect("take a step");
        acting = true;
        try {
            return new StepLog(log()).take(steps);
        } finally {
            acting = false;
        }
    }

    private TurnLog log() {
        return Objects.requireNonNull(frame.log());
    }

    @Override
    public <T> List<T> ask(List<Ask<T>> questions) throws InterruptedException {
        checkEffect("ask an agent");
        return new WaitLog(log()).ask(questions, asked -> sent(asked.to(), asked.message(), asked.delivery(), false));
    }

    @Override
    public <T> Signal<T> signal(String name, Class<T> answer, Duration within) throws InterruptedException {
        checkEffect("open a signal");
        requireName("signal", name);
        Ask.requireWait("signal '" + name + "'", within);
        return new WaitLog(log()).signal(name, answer, within);
    }

    @Override
    public <T> T awaitSignal(Signal<T> signal) throws InterruptedException {
        checkEffect("wait for a signal");
        return new WaitLog(log()).await(signal);
    }

    @Override
    public void preview(String text) {
        checkNotOver();
        frame.previews().accept(text);
    }

    /** Ends the turn: from now on every method throws. */
    Effects close() {
        over = true;
        return new Effects(sends, timers, topics, Optional.ofNullable(reply));
    }

    private String ownType(Object message) {
        return frame.version()
                .typeOf(message.getClass())
                .orElseThrow(() -> new IllegalArgumentException(
                        "timer of " + frame.self() + ": " + message.getClass().getName()
                                + " is no message of the agent type '"
                                + frame.self().type() + "' (expected: a record of its own messages)"));
    }

    private Body encode(Object message, String where) {
        var body = frame.version().codec().encode(message);
        if (body.size() > frame.maxBody()) {
            throw new IllegalArgumentException("a " + message.getClass().getSimpleName() + " from " + frame.self() + " "
                    + where + " has " + body.size() + " bytes (expected: at most " + frame.maxBody() + ")");
        }
        return body;
    }

    private Message outgoing(String type, Body body) {
        return new Message(frame.idPrefix() + "." + ordinal++, frame.source(), type, frame.now(), body);
    }

    private void checkEffect(String what) {
        check();
        if (frame.readOnly()) {
            throw new IllegalStateException("Query " + frame.message().type() + " to " + frame.self() + " tried to "
                    + what + " (expected: a query only replies). Make it a message that is no Query.");
        }
    }

    private void checkNotOver() {
        if (over) {
            throw new IllegalStateException(
                    "The turn of " + frame.self() + " for " + frame.message().type()
                            + " is over (expected: a Turn is used only while its handler runs). Do not keep it; send yourself"
                            + " a message instead.");
        }
    }

    private void check() {
        checkNotOver();
        if (acting) {
            throw new IllegalStateException(
                    "The turn of " + frame.self() + " for " + frame.message().type()
                            + " was used within a step (expected: an action uses what the handler gives it). A repeated turn does not"
                            + " run the action again, so do this before or behind the step.");
        }
        if (!Thread.currentThread().equals(owner)) {
            throw new IllegalStateException("The turn of " + frame.self() + " was used on thread '"
                    + Thread.currentThread().getName()
                    + "' (expected: the thread that handles the message). Collect the"
                    + " results there, and use the turn afterwards.");
        }
    }
}
