package org.openclaw.agent.runtime.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentPage;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Agents;
import org.openclaw.agent.Creation;
import org.openclaw.agent.DeadLetter;
import org.openclaw.agent.DeadLetterPage;
import org.openclaw.agent.DeadLetters;
import org.openclaw.agent.Previews;
import org.openclaw.agent.Purged;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.StepView;
import org.openclaw.agent.TurnLimits;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.agent.Waits;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.MessageBus;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.message.Topics;
import org.openclaw.message.TrackedMessage;
import org.openclaw.store.AgentName;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.openclaw.telemetry.Vitals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a message: what is accepted lies in the store before anybody is told, and a turn takes place as a whole or not at
 * all. Thread-safe. Has no thread of its own: its {@link Surroundings} run what it decides, run turns and fire alarms, and its
 * owner calls {@link #sweep} about once a second.
 *
 * <p>{@link Core} decides, one thing behind the other; {@link Runner} runs turns beside each other and tells the core how they
 * ended; {@link Door} checks what comes from outside before it bothers the core.
 */
public final class Engine implements MessageBus, Agents, DeadLetters, Vitals {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    /** How many events are remembered: 5 MiB of them, up to 23 MiB when each has a long cause. */
    private static final int EVENTS = 1 << 15;

    private static final long MOST_BESIDE_A_TURN = 2L << 20;
    private static final int PARTS_BESIDE_A_TURN = 8;

    private final Settings settings;
    private final Surroundings world;
    private final HostedTypes types = new HostedTypes();
    private final Core core;
    private final Directory directory;
    private final Timers timers;
    private final Letters letters;
    private final Outcomes outcomes;
    private final Receipts queryReceipts;
    private final Rooms rooms;
    private final Calls calls = new Calls();
    private final Activity activity = new Activity();
    private final Counters counters = new Counters();
    private final Announcer announcer;
    private final EventRing events;
    private final PreviewBoard previews;
    private final Lives lives;
    private final RunQueue turns;
    private final Interrupts interrupts;
    private final Inboxes inboxes;
    private final Commits commits;
    private final Door door;
    private final Supervision supervision;
    private final LetterDesk desk;
    private final WaitDesk waits;
    private final MessageDesk messages;
    private final Fanout fanout;
    private final Retention retention;
    private final TopicDesk topics;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile boolean told;
    private final List<AgentVersion> activated = new CopyOnWriteArrayList<>();

    /**
     * Reads the store. Agents go on with what waits in it as soon as there is a version of their type.
     *
     * @throws java.io.UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException when the store cannot take turns as large as the settings allow
     * @throws IllegalStateException when what it holds was written by a newer release, or is not whole
     */
    public Engine(Settings settings, Surroundings world) {
        this.settings = settings;
        this.world = world;
        requireFit(settings, world.store());
        long start = world.nanos().getAsLong();
        var shelf = new Shelf(world.store());
        core = new Core(
                world.store()::commit,
                world.core(),
                world.committer(),
                this::later,
                world.nanos(),
                besideATurn(world.store()) / 2,
                settings.shares());
        directory = new Directory(types, shelf, world.clock(), settings.residentBytes());
        var numbers = new Numbers(shelf);
        long life = world.seeds().getAsLong();
        events = new EventRing(EVENTS, life, world.clock(), world.threads());
        previews = new PreviewBoard(life, PreviewBoard.MOST, world);
        timers = new Timers(shelf, world.alarms(), this::ringTimers);
        var steps = new Steps(
                core, shelf, new Blobs(core, shelf, numbers, partBytes(world.store())), timers, numbers, events);
        var answers = new Answers(world, directory, steps, this::resume);
        letters = new Letters(shelf, steps, settings.deadLetters());
        outcomes = new Outcomes(settings, shelf, world.threads());
        queryReceipts = new Receipts(settings.retainFor(), settings.retainCount(), world.threads());
        rooms = new Rooms(settings, world.clock());
        announcer = new Announcer(world.clock(), world.events());
        var book = new TopicBook(settings, shelf, numbers, world.clock(), announcer);
        var reader = new TopicReader(shelf);
        var urgency = new Urgency(world.nanos());
        lives = new Lives(
                settings,
                world,
                core,
                shelf,
                directory,
                rooms,
                timers,
                steps,
                answers,
                letters,
                outcomes,
                announcer,
                events,
                urgency,
                book.references());
        inboxes = new Inboxes(
                settings,
                world,
                core,
                shelf,
                directory,
                rooms,
                numbers,
                timers,
                outcomes,
                steps,
                answers,
                letters,
                lives,
                events,
                urgency,
                counters,
                book.references(),
                this::isClosed);
        fanout = new Fanout(
                settings, world, core, types, shelf, directory, numbers, book, inboxes, letters, announcer, activity);
        retention = new Retention(settings, world, core, shelf, book, fanout, activity);
        var suspensions = new Suspensions(
                settings, world, core, types, directory, rooms, steps, answers, inboxes, lives, outcomes, events);
        commits = new Commits(
                settings,
                world,
                types,
                shelf,
                directory,
                rooms,
                numbers,
                timers,
                steps,
                answers,
                outcomes,
                letters,
                lives,
                inboxes,
                suspensions,
                book,
                counters,
                events,
                announcer);
        interrupts = new Interrupts(core, calls, lives, announcer, events);
        var runner = new Runner(
                settings,
                world,
                shelf,
                directory,
                steps,
                outcomes,
                new Outbox(types),
                book,
                reader,
                previews,
                commits,
                calls,
                activity,
                counters);
        var queries = new Queries(settings, world, directory, queryReceipts, previews, calls, activity, counters);
        var arrivals = new Arrivals(Door.MOST_DECIDING, Math.max(settings.residentBytes(), 2 * settings.inboxBytes()));
        door = new Door(settings, world, core, types, directory, rooms, outcomes, inboxes, queries, counters, arrivals);
        topics = new TopicDesk(settings, world, core, door, arrivals, book, reader, retention);
        waits = new WaitDesk(core, shelf, types, directory, steps, answers);
        supervision = new Supervision(
                settings,
                core,
                shelf,
                types,
                directory,
                numbers,
                timers,
                steps,
                events,
                lives,
                waits,
                book,
                announcer,
                this::isClosed);
        messages = new MessageDesk(core, directory, outcomes, queryReceipts, inboxes, waits);
        desk = new LetterDesk(core, shelf, directory, letters, inboxes, outcomes, world);
        supervision.load();
        long waiting = new Recovery(settings, shelf, directory, rooms, outcomes, book, urgency)
                .run(Micros.of(world.clock().instant()));
        if (directory.count() > 0) {
            LOG.info(
                    "Found {} agents and {} waiting messages in the store, in {} ms.",
                    directory.count(),
                    waiting,
                    (world.nanos().getAsLong() - start) / 1_000_000);
        }
        measureRoom();
        turns = new RunQueue(
                settings.turnsStarting(), settings.turnsAhead(), settings.shares(), core, world, runner::start);
        core.submit(into -> {
            steps.blobs().open();
            lives.open(turns, into);
            into.then(() -> {
                timers.arm();
                book.open(topic -> {
                    fanout.wake(topic);
                    retention.relieve();
                });
            });
        });
    }

    /** What a commit has room for beside a turn: half for what was decided before it, half for what is written with its effects. */
    private static long besideATurn(TurnStore store) {
        return Math.min(MOST_BESIDE_A_TURN, store.largestCommit() / 2);
    }

    /** A large result is written in parts of which others leave each commit room for several. */
    private static int partBytes(TurnStore store) {
        return (int) (besideATurn(store) / PARTS_BESIDE_A_TURN);
    }

    private static void requireFit(Settings settings, TurnStore store) {
        long most = store.largestCommit() - besideATurn(store);
        if (settings.turnBytes() > most) {
            throw new IllegalArgumentException("turn.bytes of org.openclaw.agent.runtime: " + settings.turnBytes()
                    + " (expected: at most " + most + " for the commits of this store). Lower it, or raise"
                    + " the segments of org.openclaw.store.journal.");
        }
    }

    private void resume(Cell cell, long message, int ordinal, Transaction into) {
        lives.ended(cell, message, ordinal, into);
    }

    private boolean isClosed() {
        return door.isClosed();
    }

    private void later(Duration wait, Runnable next) {
        world.alarms().set(world.clock().instant().plus(wait), next);
    }

    private void ringTimers() {
        core.submit(commits::ring);
    }

    /** Takes a version into service. If it is the highest of its type, every next turn runs on it. */
    public void add(AgentVersion version) {
        activated.add(version);
        types.add(version);
        if (types.of(version.type()).serving().filter(version::equals).isPresent()) {
            announcer.serving(version.type(), version.version());
        }
    }

    /**
     * Takes a version out of service and waits until the turns and queries in flight on it have ended. Those that have not
     * after the drain deadline are interrupted and do not count; their messages wait for another version.
     *
     * @return false when a handler did not even end after that: its agent stays quarantined until it does
     */
    public boolean remove(AgentVersion version) throws InterruptedException {
        return remove(version, () -> false);
    }

    /**
     * The same, but what is in flight is interrupted as soon as the version is revoked, before it or while it drains.
     *
     * @param revoked whether it is; asked ten times a second
     */
    public boolean remove(AgentVersion version, BooleanSupplier revoked) throws InterruptedException {
        var type = types.of(version.type());
        boolean served = type.serving().filter(version::equals).isPresent();
        types.remove(version);
        activated.remove(version);
        if (served && !door.isClosed()) {
            type.serving()
                    .ifPresentOrElse(
                            next -> announcer.serving(type.name(), next.version()),
                            () -> announcer.stranded(type.name(), type.strandedText()));
        }
        try {
            return version.leases().awaitDrained(settings.drain(), revoked, Interrupts.SLICE)
                    || interrupts.awaitEnd(
                            version,
                            revoked.getAsBoolean()
                                    ? "its bundle has been revoked"
                                    : "it had " + settings.drain().toSeconds() + " s to end");
        } finally {
            version.states().clear();
        }
    }

    /** The version of a type that runs the next turn. */
    public Optional<String> serving(String type) {
        return types.find(type).flatMap(HostedType::serving).map(AgentVersion::version);
    }

    /** Forgets what is over time, lets agents leave the memory that rest, reports turns that take long, ends those that may not. */
    public void sweep() {
        var now = world.clock().instant();
        queryReceipts.forget(now);
        announcer.sweep();
        previews.sweep();
        measureRoom();
        tellOfObstacle();
        overdue().forEach(LOG::warn);
        interrupts.endOverdue(now);
        core.submit(into -> {
            outcomes.forget(Micros.of(now), into);
            into.then(() -> {
                lives.sweep();
                timers.arm();
                retention.sweep();
            });
        });
    }

    /** Whether handlers are at work. */
    boolean isBusy() {
        return calls.any();
    }

    /** Whose handlers are at work, by their threads. A step that is taken beside others has a thread of its own. */
    public Map<Thread, AgentName> atWork() {
        return calls.all().stream().collect(Collectors.toMap(Call::thread, Call::agent, (one, _) -> one));
    }

    /** Tells which handlers have held a processor for so long. */
    void tellWhoSpins(Duration atLeast) {
        calls.holding(world.clock().instant(), atLeast)
                .forEach(call -> announcer.spinning(call.agent().address(), call.messageType(), call.version()));
    }

    private void measureRoom() {
        try {
            door.room(world.store().room());
        } catch (IOException unknown) {
            LOG.warn("How much room is left for the data is not known: {}", unknown.toString());
        }
    }

    @Override
    public Optional<String> obstacle() {
        return core.obstacle().map(StoreException::getMessage);
    }

    /** Tells once that the store takes nothing. */
    private void tellOfObstacle() {
        var now = obstacle();
        if (now.isPresent() && !told) {
            announcer.stalled(now.get());
        }
        told = now.isPresent();
    }

    /** What there is to say about handlers that have taken too long and were not reported lately. */
    List<String> overdue() {
        return calls.overdue(world.clock().instant());
    }

    /** Refuses every new message; what was accepted goes on. */
    public void close() {
        door.close();
    }

    /**
     * Refuses new messages, begins no more turns, lets those under way end until the drain deadline is over, and takes the
     * versions out of service, the last one first. What waits then lies in the store. Nothing happens the second time.
     */
    public void stop() throws InterruptedException {
        if (stopped.getAndSet(true)) {
            return;
        }
        close();
        turns.close(); // at once, so that none begins when those under way have ended
        core.submit(into -> into.then(() -> {
            lives.close();
            fanout.close();
            retention.close();
        }));
        if (!activity.awaitQuiet(settings.drain())) {
            interrupts.abandonAll("the node stops");
            activity.awaitQuiet(Interrupts.GRACE);
        }
        try {
            core.quiet().get(Interrupts.GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            LOG.warn("The last turns may not have been written down: {}", failed.toString());
        }
        for (var version : activated.reversed()) {
            types.remove(version);
            version.states().clear();
        }
        activated.clear();
        core.close("This node has stopped; what was accepted is kept.");
        outcomes.release("This node has stopped; what was accepted is kept, and goes on when it is started again.");
    }

    @Override
    public Receipt send(Tenant tenant, Address to, Message message) {
        return door.send(tenant, to, message).join();
    }

    @Override
    public CompletionStage<List<Receipt>> offer(Tenant tenant, Address to, List<Message> messages) {
        return door.send(tenant, to, messages);
    }

    /** The same without waiting: completes when the message is durable, or refused. */
    public CompletableFuture<Receipt> offer(Tenant tenant, Address to, Message message) {
        return door.send(tenant, to, message);
    }

    @Override
    public Optional<TrackedMessage> find(Tenant tenant, ReceiptId receipt) {
        return messages.find(tenant, receipt);
    }

    @Override
    public Optional<CompletionStage<MessageStatus>> outcome(Tenant tenant, ReceiptId receipt) {
        return messages.outcome(tenant, receipt);
    }

    @Override
    public Optional<MessageStatus> cancel(Tenant tenant, ReceiptId receipt) {
        return messages.cancel(tenant, receipt);
    }

    @Override
    public List<AgentTypeView> types() {
        return types.all().stream()
                .filter(type -> type.everInstalled() || type.agents().get() > 0)
                .map(Engine::view)
                .toList();
    }

    private static AgentTypeView view(HostedType type) {
        var versions = type.versions();
        var serving = versions.stream().findFirst();
        var messages = new ArrayList<AgentTypeView.MessageView>();
        serving.ifPresent(version -> version.descriptor()
                .messages()
                .forEach(
                        form -> messages.add(new AgentTypeView.MessageView(form.type(), form.query(), form.schema()))));
        return new AgentTypeView(
                type.name(),
                serving.map(AgentVersion::version),
                versions.stream().map(AgentVersion::version).toList(),
                messages,
                serving.map(version -> version.descriptor().state().schema()),
                type.isSuspended(),
                type.agents().get(),
                type.counts());
    }

    @Override
    public AgentPage list(Tenant tenant, AgentFilter filter, Optional<Address> after, int limit) {
        return supervision.list(tenant, filter, after, limit);
    }

    @Override
    public Optional<AgentView> find(Tenant tenant, Address address) {
        return supervision.find(tenant, address);
    }

    @Override
    public List<WaitingMessage> inbox(Tenant tenant, Address address, int limit, int bodies) {
        return supervision.inbox(tenant, address, limit, bodies);
    }

    @Override
    public List<AgentView.Timer> timers(Tenant tenant, Address address, int bodies) {
        return supervision.timers(tenant, address, bodies);
    }

    @Override
    public List<StepView> steps(Tenant tenant, Address address, int bodies) {
        return supervision.steps(tenant, address, bodies);
    }

    @Override
    public List<RecentTurn> recentTurns(Tenant tenant, Address address, int limit) {
        return supervision.recentTurns(tenant, address, limit);
    }

    @Override
    public List<TurnLimits> limits(Tenant tenant) {
        return supervision.limits(tenant);
    }

    @Override
    public Creation create(Tenant tenant, Address address) {
        return supervision.create(tenant, address);
    }

    @Override
    public boolean suspend(Tenant tenant, Address address) {
        return supervision.suspend(tenant, address);
    }

    @Override
    public boolean resume(Tenant tenant, Address address) {
        return supervision.resume(tenant, address);
    }

    @Override
    public boolean retire(Tenant tenant, Address address) {
        return supervision.retire(tenant, address);
    }

    @Override
    public Purged purge(Tenant tenant, Address address) {
        return supervision.purge(tenant, address);
    }

    @Override
    public boolean suspendType(String type) {
        return supervision.suspendType(type, true);
    }

    @Override
    public boolean resumeType(String type) {
        return supervision.suspendType(type, false);
    }

    @Override
    public DeadLetterPage list(Tenant tenant, Optional<String> type, Optional<ReceiptId> after, int limit) {
        return desk.list(tenant, type, after, limit);
    }

    @Override
    public Optional<DeadLetter> letter(Tenant tenant, ReceiptId receipt) {
        return desk.find(tenant, receipt);
    }

    @Override
    public boolean redrive(Tenant tenant, ReceiptId receipt) {
        return desk.redrive(tenant, receipt);
    }

    @Override
    public boolean discard(Tenant tenant, ReceiptId receipt) {
        return desk.discard(tenant, receipt);
    }

    @Override
    public long count() {
        return letters.count();
    }

    /** What suspended turns wait for. */
    public Waits waits() {
        return waits;
    }

    /** What is published, and to whom it goes. */
    public Topics topics() {
        return topics;
    }

    /** Publishes without waiting: completes when the message is durable, or refused. */
    public CompletableFuture<PublishReceipt> offer(Tenant tenant, Topic topic, Message message) {
        return topics.offer(tenant, topic, message);
    }

    /** What agents do, as it happens. */
    public AgentEvents events() {
        return events;
    }

    /** What turns show before they end. */
    public Previews previews() {
        return previews;
    }

    @Override
    public Reading read() {
        return counters.read(rooms.taken());
    }
}
