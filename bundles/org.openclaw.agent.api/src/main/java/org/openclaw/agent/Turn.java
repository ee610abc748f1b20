package org.openclaw.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Address;
import org.openclaw.message.Attributes;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Subscription;
import org.openclaw.message.Topic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a handler may do to the outside world while it handles one message. Everything it sends, replies and sets takes
 * place when the handler returns, together with the new state; nothing of it does when the handler throws.
 *
 * <p>Belongs to the thread that handles the message, but for {@link #preview}. After the turn's end every method throws
 * {@link IllegalStateException}. A handler takes time, ids and randomness from here, so that it can be run again with the
 * same result.
 */
@ProviderType
public interface Turn {
    /** The agent that handles the message. */
    Address self();

    /** The message as it came, with its CloudEvents attributes and bytes. */
    Message message();

    /**
     * The time of this turn; the same at each call, also when the turn is repeated. It goes on only where the turn waits: behind
     * {@link #ask} and {@link #awaitSignal} it is the time at which the wait ended.
     */
    Instant now();

    /** A new random id. */
    UUID newId();

    /** Randomness, seeded for this turn. */
    RandomGenerator random();

    /**
     * Sends a message to an agent of the same tenant. Messages from one agent to another arrive in the order in which
     * they were sent.
     *
     * @param to the receiver; it need not exist yet
     * @param message a record; its CloudEvents type is {@code <to.type>.<record name>}, unless it carries
     *     {@link org.openclaw.message.MessageType}
     * @throws IllegalArgumentException when the message cannot be encoded
     */
    default void send(Address to, Object message) {
        send(to, message, Delivery.NORMAL);
    }

    /** The same, delivered in another way; nothing of that is taken over from the message of this turn. */
    void send(Address to, Object message, Delivery delivery);

    /**
     * Sends a message to an agent of the same tenant and wants its reply as a later message: what it replies in its turn for this
     * message comes into the inbox of this agent, under the CloudEvents type that the reply has there. So this agent has to have a
     * message of that type, mostly a record with {@link org.openclaw.message.MessageType}. Suspends nothing and survives any swap;
     * this is what to use unless the answer is needed within the turn. Nothing comes when the other does not reply or its turn is
     * given up: set a timer for that.
     *
     * @param to the receiver; it need not exist yet
     * @param message as for {@link #send}
     * @throws IllegalArgumentException when the message cannot be encoded
     */
    default void request(Address to, Object message) {
        request(to, message, Delivery.NORMAL);
    }

    /** The same, delivered in another way; when it expires before its turn, nothing comes. */
    void request(Address to, Object message, Delivery delivery);

    /**
     * Publishes a message to a topic of the same tenant: whoever has subscribed gets it, this agent too, and nobody has to. Where a
     * subscription lags so far behind that the topic is full, the next turn of this agent waits for a while; where much more is kept
     * than the node is to retain, the turn fails with {@code topic.full}, and is tried again as its type says, after 5 s at the least.
     *
     * @param topic it need not exist yet
     * @param message a record; its CloudEvents type is {@code <topic>.<record name>}, unless it carries
     *     {@link org.openclaw.message.MessageType}. An agent that gets it needs a message of that type
     * @throws IllegalArgumentException when the message cannot be encoded
     */
    default void publish(Topic topic, Object message) {
        publish(topic, message, Attributes.NONE);
    }

    /** The same with a subject and extension attributes, by which subscriptions choose. */
    void publish(Topic topic, Object message, Attributes attributes);

    /** Subscribes this agent to a topic from now on, see {@link #subscribe(Topic, MessageFilter, Subscription.Start)}. */
    default void subscribe(Topic topic, MessageFilter filter) {
        subscribe(topic, filter, new Subscription.Start.Now());
    }

    /**
     * Subscribes this agent to a topic of the same tenant, until it unsubscribes, is retired or purged. It has one subscription of
     * its own for each topic: one that is there goes on from where it is, for this filter.
     *
     * @param topic it need not exist yet
     * @param filter which publications
     * @param from where a new subscription begins; at a time, as far as publications are retained
     */
    void subscribe(Topic topic, MessageFilter filter, Subscription.Start from);

    /** Ends this agent's own subscription to a topic; what it has brought into the inbox stays there. Nothing happens when there is none. */
    void unsubscribe(Topic topic);

    /**
     * Replies to whoever asked. The last reply of a turn counts.
     *
     * @param reply a record or another value with a JSON form
     * @throws IllegalArgumentException when the reply cannot be encoded
     */
    void reply(Object reply);

    /** Replies, and returns the reply: {@code case Status status -> turn.answer(state)}. */
    default <T> T answer(T reply) {
        reply(reply);
        return reply;
    }

    /**
     * Shows a piece of what this turn is about to reply to whoever watches its message, at once: what a model says, word by word.
     * The pieces of a turn are one text. It is no effect, no step and no part of the record: what is shown may be lost, and only the
     * reply counts. A turn that is repeated, after a failure, a crash or a wait, shows its text again from its beginning under a
     * greater number of attempt.
     *
     * <p>Unlike all else here it may be called by actions of steps, on their threads. A step that is not run again shows nothing
     * again, and one that is tried again within the turn shows its pieces again behind the first ones.
     *
     * <p>Never waits, and never fails while the turn goes on. Of a turn the latest 49152 UTF-16 code units are kept, up to 65536, and
     * of all turns 4 million: beyond, the oldest are forgotten, and those who have not read them hear so.
     *
     * @param text a piece; nothing happens when it is empty
     */
    void preview(String text);

    /**
     * Sends a message to this agent itself after a while. A timer that is set under the name of one that is still
     * waiting replaces it.
     *
     * @param name names the timer among those of this agent, 1 to 64 characters
     * @param delay counted from {@link #now()}; not negative
     * @param message a record of this agent's own messages
     */
    void remindAfter(String name, Duration delay, Object message);

    /** Sends a message to this agent itself after a while; the timer is named by the message's type. */
    void remindAfter(Duration delay, Object message);

    /**
     * Sends a message to this agent itself at a time; at once when that is past. A timer that is set under the name of one that is
     * still waiting replaces it: so it is moved.
     *
     * @param name as for {@link #remindAfter(String, Duration, Object)}
     */
    void remindAt(String name, Instant time, Object message);

    /**
     * Sends a message to this agent itself at all times of a schedule, until it is taken back with {@link #forget}. Times that have
     * passed while the node did not run fire once, late. A time at which the message of an earlier one still waits is left out. It
     * is a timer: one of the same name is replaced.
     *
     * @param name as for {@link #remindAfter(String, Duration, Object)}
     * @throws IllegalArgumentException when the schedule cannot be read, or never fires
     */
    void schedule(String name, Schedule schedule, Object message);

    /** Takes a timer or a schedule back; nothing happens when there is none of that name. */
    void forget(String name);

    /**
     * Does something in the outside world that must not be done again once it has succeeded. The action runs at once, on this
     * thread, at least once; when this returns its result is recorded durably, and a repeated turn gets that result instead of
     * running it again. An action in doubt, because the node ended before its result was recorded, runs again.
     *
     * <p>An action must not use this turn, as a repeated turn does not run it. When a step in doubt runs again before any other of the
     * turn was recorded, {@link #now()} is later than the first time: what must be the same belongs into the message.
     *
     * <p>A large result lies beside the record of its step, in parts, and is read when a repeated turn takes the step. One result has at
     * most 16 MiB as JSON, those of one turn 64 MiB, unless the node is configured otherwise. A result that cannot be read again as it
     * was recorded halts the agent.
     *
     * <p>A repeated turn has to take the same steps in the same order: one that does not halts its agent, as diverged.
     *
     * @param name names the step within the turn, 1 to 64 characters
     * @return what the action returned: a record, a text, a number, a truth value, an enum, a time, or null
     * @throws StepException when the action threw
     * @throws IllegalArgumentException when what the action returned has no JSON form, or is too large to be recorded
     * @throws InterruptedException when the turn was given up
     */
    default <T extends @Nullable Object> T step(String name, Callable<T> action) throws InterruptedException {
        return step(Step.of(name, _ -> action.call()));
    }

    /** The same with an idempotency key, an input, further attempts, a way to find out what became of it. */
    default <T extends @Nullable Object> T step(Step<T> step) throws InterruptedException {
        return steps(List.of(step)).getFirst();
    }

    /**
     * Takes steps beside each other, each on a thread of its own; none of them may use this turn. Returns when all have ended.
     *
     * @return their results, in the order of the steps
     * @throws StepException what the first step in that order threw, if one did
     */
    <T extends @Nullable Object> List<T> steps(List<Step<T>> steps) throws InterruptedException;

    /**
     * Asks another agent and waits for what it replies, at most {@link Ask#USUAL}.
     *
     * <p><b>Waiting.</b> The turn is suspended: it holds no thread, and this method leaves the handler by throwing an error of the
     * runtime's own, which the handler has to let through ({@code finally} blocks run; they must not undo what has been done). Once
     * the answer is there, the handler is run again from its beginning: it gets back what its steps resulted in, and from here the
     * answer. So it has to do the same again up to here, as described for {@link #step(String, Callable)}. What it sends and sets
     * takes place at the end of the turn, as ever; questions leave at once.
     *
     * <p>A suspended turn holds its agent: other messages wait. It survives restarts and goes on with the version that serves then,
     * as long as that does the same up to here. Who waits for whom is watched: a question to an agent that itself waits for this one
     * is refused. Cancelling the message of a suspended turn ends it as if it had not begun, but for its steps.
     *
     * @param to the agent that is asked, of the same tenant
     * @param message as for {@link #send}
     * @param reply what the reply is read as
     * @throws StepException when there is no answer; its code says why
     * @throws IllegalArgumentException when the message cannot be encoded
     * @throws InterruptedException when the turn was given up
     */
    default <T> T ask(Address to, Object message, Class<T> reply) throws InterruptedException {
        return ask(List.of(Ask.of(to, message, reply))).getFirst();
    }

    /**
     * Asks several agents at once and waits until all have answered or failed to.
     *
     * @return their replies, in the order of the questions
     * @throws StepException why the first one in that order has no answer, if one has none
     */
    <T> List<T> ask(List<Ask<T>> questions) throws InterruptedException;

    /**
     * Opens a signal, which somebody outside answers: with {@code POST /v1/signals/{id}} or {@code claw signals answer}. It is durable
     * when this returns, and an answer that comes before {@link #awaitSignal(Signal)} is kept for it; so its id can be handed on in a
     * step. It closes with its turn.
     *
     * @param name names it within the turn, 1 to 64 characters
     * @param answer what the answer is read as
     * @param within how long it can be answered, from now on
     * @throws IllegalArgumentException when the name or the time is out of its bounds
     * @throws InterruptedException when the turn was given up
     */
    <T> Signal<T> signal(String name, Class<T> answer, Duration within) throws InterruptedException;

    /** The same, open for {@link Ask#USUAL as long as usual}. */
    default <T> Signal<T> signal(String name, Class<T> answer) throws InterruptedException {
        return signal(name, answer, Ask.USUAL);
    }

    /**
     * Waits for the answer to a signal that this turn has opened; for waiting see {@link #ask(Address, Object, Class)}.
     *
     * @throws StepException when nobody has answered in time
     * @throws IllegalArgumentException when the signal is not of this turn
     * @throws InterruptedException when the turn was given up
     */
    <T> T awaitSignal(Signal<T> signal) throws InterruptedException;

    /** Opens a signal and waits for its answer: whoever answers finds it in the list of what turns wait for. */
    default <T> T awaitSignal(String name, Class<T> answer) throws InterruptedException {
        return awaitSignal(signal(name, answer));
    }
}
