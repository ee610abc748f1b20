package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentPage;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Creation;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.Purged;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.StepView;
import org.openclaw.agent.TurnLimits;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.TurnStore;

/** What operators see of agents and do to them. Thread-safe: it asks the core. */
final class Supervision {
    private static final int MAX_PAGE = 1_000;

    /** How many agents one call of {@link #list} looks at: some milliseconds' worth. */
    static final int MAX_LOOKS = 10_000;

    /** How many agents the core is asked about at a time. */
    private static final int AT_ONCE = 250;

    private static final int VERSION = 1;
    private static final Budget NO_BODIES = new Budget(0, 0);

    private final Settings settings;
    private final Core core;
    private final Shelf shelf;
    private final HostedTypes types;
    private final Directory directory;
    private final Numbers numbers;
    private final Timers timers;
    private final Steps steps;
    private final EventRing events;
    private final Lives lives;
    private final WaitDesk waits;
    private final TopicBook book;
    private final Announcer announcer;
    private final BooleanSupplier closed;
    /** Where the store has it that a type is suspended; for the thread of the core. */
    private final Map<String, Key> suspendedTypes = new HashMap<>();

    Supervision(
            Settings settings,
            Core core,
            Shelf shelf,
            HostedTypes types,
            Directory directory,
            Numbers numbers,
            Timers timers,
            Steps steps,
            EventRing events,
            Lives lives,
            WaitDesk waits,
            TopicBook book,
            Announcer announcer,
            BooleanSupplier closed) {
        this.settings = settings;
        this.core = core;
        this.shelf = shelf;
        this.types = types;
        this.directory = directory;
        this.numbers = numbers;
        this.timers = timers;
        this.steps = steps;
        this.events = events;
        this.lives = lives;
        this.waits = waits;
        this.book = book;
        this.announcer = announcer;
        this.closed = closed;
    }

    AgentPage list(Tenant tenant, AgentFilter filter, Optional<Address> after, int limit) {
        checkLimit(limit);
        var found = new ArrayList<AgentView>();
        var behind = start(tenant, filter.type(), after);
        int looks = 0;
        while (true) {
            var names = shelf.names(behind, AT_ONCE);
            var wanted = new ArrayList<TurnStore.Named>(looks == 0 && after.isEmpty() ? exactly(behind) : List.of());
            boolean more = names.size() == AT_ONCE;
            for (var named : names) {
                if (!named.name().tenant().equals(tenant) || isBehind(named.name(), filter.type())) {
                    more = false;
                    break;
                }
                wanted.add(named);
            }
            var views = views(wanted, filter, limit - found.size());
            looks += views.looked();
            found.addAll(views.found());
            if (views.looked() < wanted.size() || (more && (looks >= MAX_LOOKS || found.size() == limit))) {
                return new AgentPage(
                        found, Optional.of(wanted.get(views.looked() - 1).name().address()));
            }
            if (!more) {
                return new AgentPage(found, Optional.empty());
            }
            behind = names.getLast().name();
        }
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_PAGE + ")");
        }
    }

    private List<TurnStore.Named> exactly(AgentName name) {
        long number = shelf.number(name);
        return number == Directory.NONE ? List.of() : List.of(new TurnStore.Named(name, number));
    }

    /** A name before which none is wanted; the key is the least that there may be. */
    private static AgentName start(Tenant tenant, Optional<String> type, Optional<Address> after) {
        var first = new AgentName(tenant, new Address(type.orElse("a"), " "));
        var from = after.map(address -> new AgentName(tenant, address)).orElse(first);
        return type.isPresent() && from.compareTo(first) < 0 ? first : from;
    }

    private static boolean isBehind(AgentName name, Optional<String> type) {
        return type.isPresent() && !name.address().type().equals(type.get());
    }

    private record Views(List<AgentView> found, int looked) {}

    private Views views(List<TurnStore.Named> names, AgentFilter filter, int limit) {
        return core.look(() -> {
            var found = new ArrayList<AgentView>();
            int looked = 0;
            for (var named : names) {
                if (found.size() == limit) {
                    break;
                }
                looked++;
                if (filter.matches(named.name().address())) {
                    view(named, filter).ifPresent(found::add);
                }
            }
            return new Views(found, looked);
        });
    }

    private Optional<AgentView> view(TurnStore.Named named, AgentFilter filter) {
        var cell = directory.resident(named.name());
        var life = cell.map(Cell::life).orElseGet(() -> resting(named.name(), named.agent()));
        boolean hidden = life == AgentState.RETIRED && filter.states().isEmpty();
        if (hidden || !filter.matches(life)) {
            return Optional.empty();
        }
        return cell.map(resident -> view(resident, false))
                .or(() -> shelf.agent(Math.abs(named.agent())).map(record -> view(record, life, null, false)));
    }

    private AgentState resting(AgentName name, long number) {
        if (number < Directory.NONE) {
            return AgentState.RETIRED;
        }
        return types.of(name.address().type()).serving().isEmpty() ? AgentState.STRANDED : AgentState.PASSIVE;
    }

    Optional<AgentView> find(Tenant tenant, Address address) {
        var name = new AgentName(tenant, address);
        return core.<Optional<AgentView>>ask((into, answer) -> into.answer(
                        answer,
                        directory
                                .resident(name)
                                .map(resident -> view(resident, true))
                                .or(() -> stored(name))))
                .join();
    }

    private Optional<AgentView> stored(AgentName name) {
        long number = shelf.number(name);
        return number == Directory.NONE
                ? Optional.empty()
                : shelf.agent(Math.abs(number)).map(record -> view(record, resting(name, number), null, true));
    }

    private AgentView view(Cell cell, boolean whole) {
        return view(record(cell), cell.life(), cell, whole);
    }

    private AgentRecord record(Cell cell) {
        return cell.committed().orElseGet(() -> cell.latest(shelf));
    }

    private AgentView view(AgentRecord record, AgentState life, @Nullable Cell cell, boolean whole) {
        var type = types.of(record.name().address().type());
        return new AgentView(
                record.name().address(),
                life,
                cell != null && cell.held().suspended(),
                cell == null ? Optional.empty() : obstacle(cell),
                type.serving().map(version -> version.version()),
                cell == null ? 0 : cell.waiting(),
                record.turns(),
                record.failures(),
                Micros.instant(record.createdAt()),
                record.lastTurnAt() == Micros.NEVER
                        ? Optional.empty()
                        : Optional.of(Micros.instant(record.lastTurnAt())),
                whole ? Optional.ofNullable(record.state()) : Optional.empty(),
                pending(record, NO_BODIES));
    }

    private Optional<String> obstacle(Cell cell) {
        boolean delayed = cell.waits() || cell.obstacle().isPresent();
        return (delayed ? cell.obstacleText() : Optional.<String>empty()).or(() -> waits.text(cell));
    }

    /** The timers that have not fired, soonest first. */
    private List<AgentView.Timer> pending(AgentRecord record, Budget bodies) {
        return record.timers().stream()
                .filter(timer -> timers.waits(new Timers.Due(timer.due(), timer.number())))
                .sorted(Comparator.comparingLong(AgentRecord.Timer::due))
                .map(timer -> new AgentView.Timer(
                        timer.name(),
                        Instant.ofEpochMilli(timer.due()),
                        timer.type(),
                        schedule(timer),
                        body(timer, bodies)))
                .toList();
    }

    private static Optional<String> schedule(AgentRecord.Timer timer) {
        return Optional.of(timer.schedule())
                .filter(text -> !text.isEmpty())
                .map(text -> Recurrence.read(text).name());
    }

    private Optional<Body> body(AgentRecord.Timer timer, Budget bodies) {
        return bodies.isFull()
                ? Optional.empty()
                : shelf.timer(timer.due(), timer.number())
                        .map(TimerRecord::what)
                        .filter(TimerRecord.What.Remind.class::isInstance)
                        .map(what -> ((TimerRecord.What.Remind) what).body())
                        .filter(body -> bodies.take(1, body.size()));
    }

    List<AgentView.Timer> timers(Tenant tenant, Address address, int bodies) {
        var name = new AgentName(tenant, address);
        var budget = bodies(bodies);
        return core.look(() -> directory
                .resident(name)
                .map(this::record)
                .or(() -> shelf.agent(Math.abs(shelf.number(name))))
                .map(record -> pending(record, budget))
                .orElse(List.of()));
    }

    /** Room for bodies to show. */
    private static Budget bodies(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bodies: " + bytes + " (expected: bytes, 0 or more)");
        }
        return bytes == 0 ? NO_BODIES : new Budget(Long.MAX_VALUE, bytes);
    }

    List<WaitingMessage> inbox(Tenant tenant, Address address, int limit, int bodies) {
        checkLimit(limit);
        var budget = bodies(bodies);
        return resident(tenant, address, List.of(), cell -> {
            var waiting = new ArrayList<WaitingMessage>();
            int first = cell.inbox().count() - cell.waiting();
            for (int place = first; place < cell.inbox().count() && waiting.size() < limit; place++) {
                long number = cell.inbox().number(place);
                shelf.message(cell.number(), number)
                        .ifPresent(envelope -> waiting.add(envelope.view(cell.number(), number, budget)));
            }
            return waiting;
        });
    }

    List<StepView> steps(Tenant tenant, Address address, int bodies) {
        var budget = bodies(bodies);
        return resident(
                tenant,
                address,
                List.of(),
                cell -> cell.inbox().isEmpty()
                        ? List.of()
                        : steps.recorded(cell.inbox().first()).values().stream()
                                .filter(step -> !step.isOpen() && step.isTaken())
                                .map(step -> step.view(budget, this::result))
                                .toList());
    }

    /** One that lies beside; one that is not whole halts its turn, and is not shown. */
    private Optional<Body> result(Blob blob) {
        return steps.blobs().read(blob) instanceof Blobs.Found.Whole(var body) ? Optional.of(body) : Optional.empty();
    }

    List<RecentTurn> recentTurns(Tenant tenant, Address address, int limit) {
        checkLimit(limit);
        long number = directory.look(new AgentName(tenant, address)).number();
        return number == Directory.NONE ? List.of() : events.endings(Math.abs(number), limit);
    }

    List<TurnLimits> limits(Tenant tenant) {
        return core.look(() -> lives.limits(tenant));
    }

    private <T> T resident(Tenant tenant, Address address, T otherwise, Function<Cell, T> look) {
        var name = new AgentName(tenant, address);
        return core.look(() -> directory.resident(name).map(look).orElse(otherwise));
    }

    Creation create(Tenant tenant, Address address) {
        var refused = Refusals.creating(address);
        if (closed.getAsBoolean()) {
            return new Creation.Refused(Refusals.stopping(refused, settings.drain()));
        }
        if (!types.isHosted(address.type())) {
            return new Creation.Refused(Refusals.unknownType(refused, address.type(), types.hosted()));
        }
        var name = new AgentName(tenant, address);
        return core.<Creation>ask((into, answer) -> {
                    var look = directory.look(name);
                    long number = directory.number(name, look);
                    if (number < Directory.NONE) {
                        into.answer(answer, new Creation.Refused(Refusals.retired(refused)));
                    } else if (number == Directory.NONE && directory.count() >= settings.agents()) {
                        into.answer(answer, new Creation.Refused(Refusals.fullOfAgents(refused, settings)));
                    } else {
                        create(directory.of(name, look, numbers, into), number == Directory.NONE, into, answer);
                    }
                })
                .join();
    }

    private void create(
            Cell cell, boolean fresh, Transaction into, java.util.concurrent.CompletableFuture<Creation> answer) {
        if (cell.held().draining()) {
            into.answer(
                    answer,
                    new Creation.Refused(
                            Refusals.draining(Refusals.creating(cell.name().address()))));
            return;
        }
        lives.settle(cell, into);
        if (fresh) {
            into.then(() -> {
                announcer.created(cell.name().address());
                events.add(EventKind.AGENT_CREATED, cell.name(), cell.number(), "");
            });
        }
        into.answer(answer, fresh ? new Creation.Created(view(cell, true)) : new Creation.Existed(view(cell, true)));
    }

    boolean suspend(Tenant tenant, Address address) {
        return change(tenant, address, lives::suspend);
    }

    boolean resume(Tenant tenant, Address address) {
        return change(tenant, address, lives::resume);
    }

    boolean retire(Tenant tenant, Address address) {
        return change(tenant, address, (cell, into) -> {
            lives.retire(cell, into);
            book.gone(cell.name(), "is retired, and takes no messages any more.", into);
        });
    }

    /** Whether there is such an agent. */
    private boolean change(Tenant tenant, Address address, BiConsumer<Cell, Transaction> change) {
        var name = new AgentName(tenant, address);
        return core.<Boolean>ask((into, answer) -> {
                    var cell = directory.find(name);
                    cell.ifPresent(found -> change.accept(found, into));
                    into.answer(answer, cell.isPresent());
                })
                .join();
    }

    Purged purge(Tenant tenant, Address address) {
        var name = new AgentName(tenant, address);
        return core.<Purged>ask((into, answer) -> {
                    var cell = directory.find(name);
                    long number = directory.number(name);
                    Purged done;
                    if (cell.isPresent()) {
                        done = lives.purge(cell.get(), into) ? Purged.DONE : Purged.BUSY;
                    } else if (number == Directory.NONE) {
                        done = Purged.UNKNOWN;
                    } else {
                        lives.forget(name, Math.abs(number), into);
                        done = Purged.DONE;
                    }
                    if (done == Purged.DONE) {
                        book.gone(name, "was purged.", into);
                    }
                    into.answer(answer, done);
                })
                .join();
    }

    /** False when there is no such type. */
    boolean suspendType(String name, boolean now) {
        var type = types.find(name);
        if (type.isEmpty()) {
            return false;
        }
        return core.<Boolean>ask((into, answer) -> {
                    if (suspendedTypes.containsKey(name) != now) {
                        keep(name, now, into);
                        into.then(() -> {
                            type.get().suspend(now);
                            announcer.typeSuspended(name, now);
                        });
                    }
                    into.answer(answer, true);
                })
                .join();
    }

    private void keep(String type, boolean suspended, Transaction into) {
        if (suspended) {
            var key = new Key(Kind.NODE, NodeEntry.SUSPENDED_TYPE.code(), numbers.next(into));
            into.put(key, Wire.writer(VERSION, 0).text(type).done());
            suspendedTypes.put(type, key);
        } else {
            into.remove(Objects.requireNonNull(suspendedTypes.remove(type)));
        }
    }

    /** The types that were suspended when the store was written. */
    void load() {
        shelf.page(new Key(Kind.NODE, NodeEntry.SUSPENDED_TYPE.code(), 0), Shelf.PAGE).stream()
                .filter(entry -> entry.key().first() == NodeEntry.SUSPENDED_TYPE.code())
                .forEach(entry -> {
                    var type = new Wire.Reader(entry.value(), VERSION, "a suspended type").text();
                    suspendedTypes.put(type, entry.key());
                    types.of(type).suspend(true);
                });
    }
}
