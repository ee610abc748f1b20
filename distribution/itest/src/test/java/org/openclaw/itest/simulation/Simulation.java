package org.openclaw.itest.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Turn;
import org.openclaw.agent.runtime.engine.Alarms;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.agent.runtime.engine.Shares;
import org.openclaw.agent.runtime.engine.StepBounds;
import org.openclaw.agent.runtime.engine.Surroundings;
import org.openclaw.agent.runtime.engine.TopicBounds;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.Descriptor;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Publication;
import org.openclaw.message.PublicationPage;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.Tenant;
import org.openclaw.message.TrackedMessage;
import org.openclaw.schema.Schema;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.openclaw.store.journal.JournalTurnStore;
import org.openclaw.store.journal.Options;
import org.openclaw.store.journal.SimulatedCheckpoints;
import org.openclaw.store.journal.SimulatedDisk;

/**
 * One run: clients and agents on one node that crashes again and again, on a disk that loses what was not forced, tears writes,
 * fails and fills up. One thing happens at a time, and the seed says which is next: a decision of the core, a handler, work on a
 * checkpoint, an alarm, a client's step, a fault. So a run of the same seed is the same run.
 */
final class Simulation {
    /** Few, so that others wait. */
    private static final int TURNS_AHEAD = 2;

    private static final Options SMALL = new Options(65_536, 2, 4, 2, 1, 1);
    private static final int TURN_BYTES = 32_000;
    /** So small that some results lie beside, and have several parts. */
    private static final StepBounds STEPS = new StepBounds(200, 20_000, 200_000);
    /** So few outstanding that subscriptions fall behind. */
    private static final int OUTSTANDING = 3;
    /** So little that most of what is published is kept only for those who have not taken it, and publishing is refused. */
    private static final long FEW_BYTES = 2_000;

    /** Too short for a thread to wait for, so that whoever takes a version away does not. */
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private static final Duration TURN_LIMIT = Duration.ofSeconds(4);
    private static final int LEAST_STEPS = 150;
    private static final int MORE_STEPS = 350;
    private static final int LONGEST_END = 200_000;
    private static final int MOST_WAITING = 1_000;

    private final long seed;
    private final SplittableRandom random;
    private final SimulatedDisk disk;
    private final SimulatedCheckpoints checkpoints;
    private final JsonCodec codec = new JsonCodec();
    private final List<Client> clients = new ArrayList<>();
    private final int agents;
    private final int mortals;
    private final Set<Address> purged = new HashSet<>();
    private Queue<Runnable> core = new ConcurrentLinkedQueue<>();
    private Queue<Runnable> commits = new ConcurrentLinkedQueue<>();
    private List<Coroutine> handlers = new ArrayList<>();
    private @Nullable Coroutine running;
    private final List<String> premature = new ArrayList<>();
    private final Shares shares;
    /** Whether what is published is removed as soon as nobody needs it. */
    private final boolean forgets;

    private final List<Publisher> publishers = new ArrayList<>();
    private boolean subscribed;
    /** How many turns are under way in this life. */
    private AtomicInteger underWay = new AtomicInteger();

    private int mostUnderWay;
    private final Outside outside;
    private int versions;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Alarms alarms = new Alarms();
    private @Nullable JournalTurnStore store;
    private @Nullable Engine engine;
    private @Nullable Operator operator;
    private boolean healthy;
    private int lives;

    Simulation(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        disk = new SimulatedDisk(random.split());
        checkpoints = new SimulatedCheckpoints(disk, random.split());
        outside = new Outside(() -> !healthy && random.nextInt(6) == 0);
        shares = shares();
        forgets = random.nextBoolean();
        agents = random.nextInt(1, 6);
        mortals = random.nextInt(1, 3);
        int count = random.nextInt(2, 8);
        for (int client = 0; client < count; client++) {
            var to = random.nextInt(4) == 0
                    ? LedgerAgent.mortal(random.nextInt(mortals))
                    : LedgerAgent.agent(random.nextInt(agents));
            var name = random.nextInt(3) == 0 ? Client.hasty(client) : "client" + client;
            clients.add(new Client(name, to, random.nextInt(1, 25), random.split()));
        }
        hirePublishers();
    }

    /** A duplicate is known as long as it is retained; so nobody publishes from outside where that is short. */
    private void hirePublishers() {
        for (int publisher = forgets ? 0 : random.nextInt(3); publisher > 0; publisher--) {
            publishers.add(new Publisher("publisher" + publisher, random.nextInt(1, 20)));
        }
    }

    /** Bounds of what may be under way, and of what may begin in a second, now and then. */
    private Shares shares() {
        var turns = random.nextBoolean() ? List.of("type:ledger=" + random.nextInt(1, 4)) : List.<String>of();
        var perSecond =
                random.nextInt(3) == 0 ? List.of("tenant:default=" + random.nextInt(5, 200)) : List.<String>of();
        return Shares.of(List.of(), turns, perSecond);
    }

    private List<Address> allMortals() {
        return IntStream.range(0, mortals).mapToObj(LedgerAgent::mortal).toList();
    }

    private List<Address> everybody() {
        return Stream.of(
                        IntStream.range(0, agents).mapToObj(LedgerAgent::agent),
                        allMortals().stream(),
                        News.READERS.stream())
                .flatMap(each -> each)
                .toList();
    }

    /**
     * Runs it.
     *
     * @return where its randomness stands in the end: the same for the same run
     * @throws AssertionError when a promise is broken
     */
    long run() {
        try {
            int crashes = random.nextInt(1, 6);
            for (int life = 0; life < crashes; life++) {
                live(random.nextInt(LEAST_STEPS, LEAST_STEPS + MORE_STEPS));
                crash();
            }
            end();
            return random.nextLong();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("seed %d, life %d: %s".formatted(seed, lives, failed), failed);
        }
    }

    private void live(int steps) {
        if (random.nextInt(3) > 0) {
            disk.failAfter(random.nextInt(1, 400));
        }
        if (!open()) {
            return;
        }
        for (int step = 0; step < steps; step++) {
            step();
            if (random.nextInt(60) == 0) {
                disk.full(random.nextBoolean());
            }
        }
    }

    /**
     * The node begins. What its last life has left behind on its threads stays where it is, and can reach nothing of this one; so
     * the threads belong to an executor that is forgotten with them.
     */
    private boolean open() {
        lives++;
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var decided = new ConcurrentLinkedQueue<Runnable>();
        var committed = new ConcurrentLinkedQueue<Runnable>();
        var begun = new ArrayList<Coroutine>();
        core = decided;
        commits = committed;
        handlers = begun;
        alarms = new Alarms();
        underWay = new AtomicInteger();
        try {
            store = JournalTurnStore.open(disk, checkpoints, SMALL, random::nextLong);
            engine = new Engine(
                    settings(shares, forgets),
                    new Surroundings(
                            store,
                            decided::add,
                            (_, commit) -> committed.add(commit),
                            () -> now,
                            () -> now.toEpochMilli() * 1_000_000,
                            new Coroutines(threads, begun),
                            alarms,
                            random::nextLong,
                            (_, _, _, _) -> false,
                            (_, _) -> {},
                            _ -> {}));
            operator = new Operator(
                    engine,
                    threads,
                    random.split(),
                    everybody(),
                    allMortals(),
                    clients,
                    purged,
                    outside,
                    this::version);
            operator.bring();
            if (!subscribed) {
                operator.subscribe(() -> subscribed = true);
            }
            return true;
        } catch (IOException | UncheckedIOException failed) {
            assertThat(healthy)
                    .as("the disk works, and the node does not begin: %s", failed)
                    .isFalse();
            return false;
        }
    }

    /** The threads of one life of the node. */
    private final class Coroutines implements Surroundings.Threads {
        private final Executor threads;
        private final List<Coroutine> begun;

        Coroutines(Executor threads, List<Coroutine> begun) {
            this.threads = threads;
            this.begun = begun;
        }

        @Override
        public void run(String name, Runnable work) {
            begun.add(new Coroutine(threads, work));
        }

        @Override
        public <T extends @Nullable Object> T await(CompletableFuture<T> answer)
                throws InterruptedException, ExecutionException {
            while (!answer.isDone()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                handOver();
            }
            return answer.get();
        }
    }

    private static Settings settings(Shares shares, boolean forgets) {
        var usual = Settings.USUAL;
        return new Settings(
                12,
                TURN_BYTES,
                usual.typeMessages(),
                usual.typeBytes(),
                usual.tenantMessages(),
                usual.tenantBytes(),
                40,
                usual.nodeBytes(),
                usual.reserveMessages(),
                usual.reserveBytes(),
                usual.agents(),
                2,
                usual.residentBytes(),
                Duration.ofSeconds(1),
                usual.timersPerAgent(),
                usual.queries(),
                1,
                TURNS_AHEAD,
                shares,
                TURN_BYTES,
                STEPS,
                Duration.ofDays(1),
                usual.dedupCount(),
                Duration.ofDays(1),
                usual.retainCount(),
                usual.deadLetters(),
                AT_ONCE,
                usual.longTurn(),
                TURN_LIMIT,
                0,
                new TopicBounds(10, 50, OUTSTANDING, Duration.ofDays(1), forgets ? FEW_BYTES : 1 << 20));
    }

    private AgentVersion version() {
        var forms = Arrays.stream(Ledger.class.getPermittedSubclasses())
                .map(message -> new Descriptor.MessageForm(
                        LedgerAgent.TYPE + "." + message.getSimpleName(),
                        message.getName(),
                        false,
                        schema(message.getSimpleName())))
                .toList();
        var descriptor = new Descriptor(
                LedgerAgent.TYPE,
                LedgerAgent.class.getName(),
                new Descriptor.StateForm(LedgerState.class.getName(), schema("state")),
                forms);
        var here = underWay;
        return AgentVersion.bind(
                descriptor,
                new LedgerAgent(
                        agents,
                        mortals,
                        turn -> {
                            mostUnderWay = Math.max(mostUnderWay, here.incrementAndGet());
                            begun(turn);
                        },
                        here::decrementAndGet,
                        this::handOver,
                        outside,
                        () -> subscribed,
                        // where publishing waits for who lags, those who lag must not wait for who publishes
                        !forgets,
                        () -> !healthy && random.nextInt(8) == 0),
                Class::forName,
                new Precedence(1, versions++, 0, "", 0, 1));
    }

    /** A handler begins: what it does outside cannot be undone, so its message must be one that no crash takes away. */
    private void begun(Turn turn) {
        var message = turn.message();
        var written = text(message.id()) + text(message.source());
        try {
            if (Stream.of(Kind.INBOX, Kind.TOPIC)
                    .flatMap(this::stored)
                    .noneMatch(entry -> new String(entry.value(), ISO_8859_1).contains(written))) {
                premature.add(message.id() + " of " + message.source() + " to " + turn.self());
            }
        } catch (UncheckedIOException unreadable) {
            assertThat(healthy).as("the disk works: %s", unreadable).isFalse();
        }
    }

    private Stream<TurnStore.Entry> stored(Kind kind) {
        try {
            return Objects.requireNonNull(store).scan(Key.first(kind), Key.end(kind), MOST_WAITING).stream();
        } catch (StoreException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As it is written: in UTF-8 behind its length. */
    private static String text(String ascii) {
        return "\0\0\0" + (char) ascii.length() + ascii;
    }

    /** By the handler that runs. */
    private void handOver() {
        Objects.requireNonNull(running).handOver();
    }

    private static Schema schema(String name) {
        return new Schema(LedgerAgent.TYPE + "." + name, "0".repeat(64), "{}");
    }

    private Engine engine() {
        return Objects.requireNonNull(engine);
    }

    private void step() {
        switch (random.nextInt(healthy ? 14 : 15)) {
            case 0, 1, 2 -> runNext(core);
            case 3, 4 -> runNext(commits);
            case 5, 6, 7, 8 -> handle();
            case 9, 10, 11 -> client();
            case 12 -> pass(Duration.ofMillis(random.nextInt(2_000)));
            case 13 -> work();
            default -> operator().step();
        }
        operator().settle();
    }

    private Operator operator() {
        return Objects.requireNonNull(operator);
    }

    private static boolean runNext(Queue<Runnable> tasks) {
        var next = tasks.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    private void handle() {
        if (!handlers.isEmpty()) {
            int next = random.nextInt(handlers.size());
            running = handlers.get(next);
            if (running.resume()) {
                handlers.remove(next);
            }
        }
    }

    private void client() {
        if (subscribed && !publishers.isEmpty() && random.nextInt(4) == 0) {
            var publisher = publishers.get(random.nextInt(publishers.size()));
            if (random.nextInt(10) == 0) {
                publisher.repeat(engine(), now);
            } else {
                publisher.step(engine(), now);
            }
            return;
        }
        var client = clients.get(random.nextInt(clients.size()));
        if (random.nextInt(10) == 0) {
            client.repeat(engine(), now);
        } else {
            client.step(engine(), now);
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
        alarms.fire(now);
        engine().sweep();
    }

    private void work() {
        try {
            Objects.requireNonNull(store).work();
        } catch (IOException failed) {
            assertThat(healthy).as("the disk works: %s", failed).isFalse();
        }
    }

    /** The process ends here and now, and the power with it. */
    private void crash() {
        clients.forEach(Client::restarted);
        publishers.forEach(Publisher::restarted);
        disk.crash();
        checkpoints.crash();
        disk.full(false);
    }

    /** Nothing fails any more: all that was begun comes to its end, and the promises are checked. */
    private void end() {
        healthy = true;
        assertThat(open()).isTrue();
        operator().release();
        for (int step = 0; !isQuiet(); step++) {
            assertThat(step).as("steps until the end: %s", restless()).isLessThan(LONGEST_END);
            step();
        }
        check();
    }

    /** Asked only when it has not come to an end. */
    private Object restless() {
        return new Object() {
            @Override
            public String toString() {
                return "%d handlers, %d alarms, %d waiting, subscribed: %s, clients: %s, subscriptions: %s"
                        .formatted(
                                handlers.size(),
                                alarms.next().stream().count(),
                                engine().read().waiting(),
                                subscribed,
                                clients.stream()
                                        .filter(client -> !client.isDone())
                                        .map(Client::name)
                                        .toList(),
                                await(() -> engine().topics().subscriptions(Tenant.DEFAULT, News.TOPIC)));
            }
        };
    }

    private boolean isQuiet() {
        return core.isEmpty()
                && commits.isEmpty()
                && handlers.isEmpty()
                && clients.stream().allMatch(Client::isDone)
                && subscribed
                && publishers.stream().allMatch(Publisher::isDone)
                && alarms.next().isEmpty()
                && engine().read().waiting() == 0;
    }

    private void check() {
        assertThat(premature)
                .as("messages whose turns began before they were committed")
                .isEmpty();
        assertThat(mostUnderWay)
                .as("turns under way at once")
                .isBetween(
                        1,
                        shares.types().containsKey(LedgerAgent.TYPE)
                                ? shares.type(LedgerAgent.TYPE).turns()
                                : agents + mortals + News.READERS.size());
        for (int number = 0; number < agents; number++) {
            outside.heard(state(LedgerAgent.agent(number)).heard());
        }
        assertThat(outside.violations()).as("what was done outside").isEmpty();
        assertThat(stepsLeft()).as("steps of turns that are committed").isEmpty();
        for (var client : clients) {
            if (!purged.contains(client.to())) {
                assertThat(client.violations()).isEmpty();
            }
        }
        for (var mortal : allMortals()) {
            var state = state(mortal);
            long doubtful = clients.stream()
                    .filter(client -> client.to().equals(mortal) && client.isRefused())
                    .count();
            long done = done(mortal);
            assertThat(state.ticks()).as("timers of %s that fired", mortal).isLessThanOrEqualTo(state.timers());
            if (!purged.contains(mortal)) {
                assertThat(state.violations()).as("what %s saw", mortal).isEmpty();
                assertThat(state.adds())
                        .as("messages that %s took, and of how many clients know it", mortal)
                        .isBetween(done, done + doubtful);
            }
        }
        for (int number = 0; number < agents; number++) {
            check(LedgerAgent.agent(number));
        }
        checkNews();
    }

    /** What was published has reached each subscription that it passes exactly once, in order. */
    private void checkNews() {
        var topics = engine().topics();
        var view = await(() -> topics.find(Tenant.DEFAULT, News.TOPIC)).orElseThrow();
        assertThat(await(() -> topics.subscriptions(Tenant.DEFAULT, News.TOPIC)))
                .as("subscriptions, which have taken everything")
                .filteredOn(each -> each.state() != SubscriptionView.State.ENDED)
                .allSatisfy(each -> assertThat(each)
                        .returns(0L, SubscriptionView::behind)
                        .returns(0, SubscriptionView::outstanding))
                .hasSizeGreaterThanOrEqualTo(News.subscriptions().size());
        assertThat(publishers)
                .allSatisfy(publisher -> assertThat(publisher.violations())
                        .as("receipts of %s", publisher.name())
                        .isEmpty());
        var published = new TreeMap<String, Long>();
        publishers.forEach(publisher -> published.put(publisher.name(), publisher.published()));
        for (int number = 0; number < agents; number++) {
            published.put("agent" + number, state(LedgerAgent.agent(number)).published());
        }
        assertThat(view.latest())
                .as("publications of %s", published)
                .isEqualTo(published.values().stream().mapToLong(count -> count).sum());
        for (var reader : News.READERS) {
            var heard = state(reader).news();
            var expected = published.entrySet().stream()
                    .flatMap(each -> LongStream.rangeClosed(1, each.getValue())
                            .filter(number -> News.isFor(reader, number))
                            .mapToObj(number -> each.getKey() + " " + number))
                    .toList();
            assertThat(heard).as("what %s has heard", reader).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(state(reader).violations()).as("what %s saw", reader).isEmpty();
        }
        if (forgets) {
            assertThat(view.bytes()).as("what is retained").isLessThan(3 * FEW_BYTES);
        } else {
            checkOrder(view.latest());
        }
    }

    /** The one that gets the odd numbers gets them in the order in which they were published, by whomever. */
    private void checkOrder(long latest) {
        var all = new ArrayList<Publication>();
        for (long after = 0; after < latest; ) {
            var page = (PublicationPage.Read)
                    engine().topics().read(Tenant.DEFAULT, News.TOPIC, MessageFilter.everything(), after, 1_000);
            all.addAll(page.publications());
            after = page.next();
        }
        var odd = MessageFilter.exact("parity", "odd");
        var inOrder = all.stream()
                .filter(each -> odd.matches(each.message()))
                .map(each ->
                        (Ledger.News) ((Decoded.Fit) codec.decode(each.message().body(), Ledger.News.class)).value())
                .map(news -> news.from() + " " + news.number())
                .toList();
        assertThat(state(News.ODD).news()).as("in the order of the topic").isEqualTo(inOrder);
    }

    private List<Key> stepsLeft() {
        try {
            return Objects.requireNonNull(store).list(Key.first(Kind.STEP), Key.end(Kind.STEP), MOST_WAITING).stream()
                    .map(entry -> entry.key())
                    .toList();
        } catch (StoreException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void check(Address agent) {
        var state = state(agent);
        assertThat(state.violations()).as("what %s saw", agent).isEmpty();
        assertThat(state.ticks()).as("timers of %s that fired", agent).isEqualTo(state.timers());
        assertThat(state.tocks())
                .as("how often the schedule of %s fired", agent)
                .isIn(-1L, (long) LedgerAgent.TOCKS);
        assertThat(state.returns()).as("replies to requests that %s got", agent).isEqualTo(state.requests());
        assertThat(state.adds()).as("messages that %s took", agent).isEqualTo(done(agent));
        for (int other = 0; other < agents; other++) {
            var to = LedgerAgent.agent(other);
            assertThat(state(to).last().getOrDefault(agent.key(), 0L))
                    .as("what %s has from %s", to, agent)
                    .isEqualTo(state.sent().getOrDefault(to.key(), 0L));
        }
    }

    /** How many messages of all clients an agent has handled. */
    private long done(Address agent) {
        return clients.stream()
                .filter(client -> client.to().equals(agent))
                .mapToLong(this::done)
                .sum();
    }

    /** How many messages of a client were handled; each of those that were acknowledged has come to an end. */
    private long done(Client client) {
        long done = 0;
        for (int place = 0; place < client.receipts().size(); place++) {
            var receipt = client.receipts().get(place);
            int sent = place;
            var status = await(() -> engine().find(Tenant.DEFAULT, receipt)).map(TrackedMessage::status);
            if (status.isPresent() || !purged.contains(client.to())) {
                assertThat(status)
                        .as("what became of %s of %s", receipt, client.name())
                        .get()
                        .matches(end -> end instanceof MessageStatus.Done
                                || (end instanceof MessageStatus.Expired expired && mayExpire(client, sent, expired))
                                || (end instanceof MessageStatus.Cancelled
                                        && allMortals().contains(client.to())));
            }
            done += status.filter(MessageStatus.Done.class::isInstance).isPresent() ? 1 : 0;
        }
        return done;
    }

    /** Whether a message may have ended so: its time was over, and it had done nothing outside. */
    private boolean mayExpire(Client client, int place, MessageStatus.Expired expired) {
        return client.delivery(place).expires().equals(Optional.of(expired.expires()))
                && !expired.at().isBefore(expired.expires())
                && !outside.hasActed(client.message(place));
    }

    private LedgerState state(Address agent) {
        return await(() -> engine().find(Tenant.DEFAULT, agent))
                .flatMap(view -> view.memory())
                .map(memory -> (LedgerState) ((Decoded.Fit) codec.decode(memory, LedgerState.class)).value())
                .orElse(LedgerState.EMPTY);
    }

    /** Asks a question that waits for the core, which has no thread here. */
    @SuppressWarnings("ThreadPriorityCheck") // as in Asker
    private <T> T await(Callable<T> question) {
        var answer = new FutureTask<>(question);
        var asker = Thread.ofVirtual().start(answer);
        try {
            while (!answer.isDone()) {
                if (!runNext(core) && !runNext(commits)) {
                    Thread.yield();
                }
            }
            asker.join();
            return answer.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
