package org.openclaw.bench.peers.pekko;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of commands outstanding at the entities of its own: each answer makes the next command to the same entity. An
 * actor, which costs Pekko less than an actor, a future and a timer for each ask.
 */
final class Client extends AbstractBehavior<Client.Message> {
    private static final int EVENT_BYTES = 300;
    private static final int EVENTS = 256;

    sealed interface Message {}

    /** Send until so many seconds after that time; {@code done} gets what was measured when the last answer is there. */
    record Begin(long startNanos, int seconds, CompletableFuture<Samples> done) implements Message {}

    /** An entity's answer. */
    record Persisted(int number, long sentNanos) implements Message {}

    private final List<ActorRef<Entity.Command>> entities = new ArrayList<>();
    private final byte[][] events = new byte[EVENTS][EVENT_BYTES];
    private final int outstanding;
    private int sent;
    private int underWay;
    private @Nullable Begin round;
    private Samples samples = new Samples(0, 0);

    private Client(ActorContext<Message> context, int first, int count, int outstanding) {
        super(context);
        this.outstanding = outstanding;
        var random = new Random(first);
        for (var event : events) {
            random.nextBytes(event);
        }
        for (int number = first; number < first + count; number++) {
            var entity = context.spawn(new Entity(number), "entity-" + number);
            context.watch(entity);
            entities.add(entity);
        }
    }

    /** With {@code count} entities from {@code first} on, and so many commands outstanding. */
    static Behavior<Message> of(int first, int count, int outstanding) {
        return Behaviors.setup(context -> new Client(context, first, count, outstanding));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Begin.class, this::begin)
                .onMessage(Persisted.class, this::persisted)
                .onSignal(Terminated.class, this::terminated)
                .build();
    }

    private Behavior<Message> begin(Begin begin) {
        round = begin;
        samples = new Samples(begin.startNanos(), begin.seconds());
        long now = System.nanoTime();
        for (int number = 0; number < outstanding; number++) {
            send(number % entities.size(), now);
        }
        return this;
    }

    private Behavior<Message> persisted(Persisted answer) {
        underWay--;
        long now = System.nanoTime();
        if (samples.add(answer.sentNanos(), now)) {
            send(answer.number(), now);
        } else if (underWay == 0 && round != null) {
            round.done().complete(samples);
        }
        return this;
    }

    private Behavior<Message> terminated(Terminated entity) {
        if (round != null) {
            round.done()
                    .completeExceptionally(
                            new IllegalStateException(entity.getRef().path().name()
                                    + " stopped: its event could not be written (the log on standard error says why)"));
        }
        return this;
    }

    private void send(int number, long now) {
        underWay++;
        var event = events[sent++ % EVENTS];
        entities.get(number)
                .tell(new Entity.Command(event, number, now, getContext().getSelf()));
    }
}
