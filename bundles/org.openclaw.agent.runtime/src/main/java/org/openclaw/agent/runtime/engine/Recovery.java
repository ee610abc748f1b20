package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.TurnStore;

/**
 * Makes of what lies in the store what has to be in memory: the agents that have something to do or are held, and how many there
 * are of each type. All others stay where they are.
 */
final class Recovery {
    /** The least name that there may be. */
    private static final AgentName FIRST = new AgentName(new Tenant("a"), new Address("a", " "));

    /** From so many messages it is told since when all of them wait. */
    private static final int DATED = 64;

    private final Settings settings;
    private final Shelf shelf;
    private final Directory directory;
    private final Rooms rooms;
    private final Outcomes outcomes;
    private final TopicBook book;
    private final Urgency urgency;

    Recovery(
            Settings settings,
            Shelf shelf,
            Directory directory,
            Rooms rooms,
            Outcomes outcomes,
            TopicBook book,
            Urgency urgency) {
        this.settings = settings;
        this.shelf = shelf;
        this.directory = directory;
        this.rooms = rooms;
        this.outcomes = outcomes;
        this.book = book;
        this.urgency = urgency;
    }

    /** How many messages wait. */
    long run(long now) {
        outcomes.load(now);
        book.load(now);
        var inboxes = inboxes();
        var held = held();
        var cells = new ArrayList<Cell>();
        forEachName(named -> {
            long number = named.agent();
            if (number < Directory.NONE) {
                return;
            }
            directory.count(named.name());
            var inbox = inboxes.remove(number);
            var holds = held.get(number);
            if (inbox == null && holds == null) {
                return;
            }
            var cell = directory.open(named.name(), number);
            if (holds != null) {
                cell.hold(holds.awaiting(open(holds)));
            }
            if (inbox != null) {
                inbox.into(cell, rooms, book, shelf);
                cells.add(cell);
            }
        });
        if (!inboxes.isEmpty()) {
            throw new IllegalStateException("messages wait for " + inboxes.size()
                    + " agents that have no name, such as number "
                    + inboxes.keySet().iterator().next()
                    + " (expected: none). The store is not whole: restore a checkpoint.");
        }
        recognise(cells, now);
        date(cells, now);
        return cells.stream().mapToLong(cell -> cell.inbox().count()).sum();
    }

    /** What a turn still waits for: an answer to one of several things is in its step alone. */
    private Held.@Nullable Awaited open(Held held) {
        var awaited = held.awaited();
        return awaited == null
                ? null
                : new Held.Awaited(
                        awaited.message(),
                        awaited.since(),
                        awaited.waits().stream()
                                .filter(wait -> shelf.step(awaited.message(), wait.ordinal())
                                        .filter(StepRecord::isOpen)
                                        .isPresent())
                                .toList());
    }

    /** The messages that wait for one agent. */
    private static final class Waiting {
        private long[] numbers = new long[4];
        private int[] sizes = new int[4];
        private int count;

        void add(long number, int size) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
                sizes = Arrays.copyOf(sizes, 2 * count);
            }
            numbers[count] = number;
            sizes[count] = size;
            count++;
        }

        void into(Cell cell, Rooms rooms, TopicBook book, Shelf shelf) {
            for (int place = 0; place < count; place++) {
                long number = numbers[place];
                var glance = glance(cell, number, shelf);
                cell.inbox()
                        .add(
                                number,
                                sizes[place],
                                glance.map(Envelope.Glance::patience).orElse(Urgency.USUAL),
                                null);
                var reference = glance.map(Envelope.Glance::reference);
                if (reference.isPresent()) {
                    book.found(number, reference.get());
                    rooms.refer(sizes[place]);
                } else {
                    rooms.force(cell.name(), Envelope.origin(number), sizes[place]);
                }
            }
        }
    }

    /** Read only where the number says that it may not be a usual one. */
    private static Optional<Envelope.Glance> glance(Cell cell, long number, Shelf shelf) {
        return Envelope.mayDiffer(number) ? shelf.glance(cell.number(), number) : Optional.empty();
    }

    /** By the number of the agent. The store lists those of one agent one behind the other. */
    private Map<Long, Waiting> inboxes() {
        var inboxes = new HashMap<Long, Waiting>();
        long agent = Directory.NONE;
        var waiting = new Waiting();
        for (var from = Key.first(Kind.INBOX); ; ) {
            var page = shelf.keys(from, Shelf.PAGE);
            for (var entry : page) {
                if (entry.key().first() != agent) {
                    agent = entry.key().first();
                    waiting = new Waiting();
                    inboxes.put(agent, waiting);
                }
                waiting.add(entry.key().second(), entry.size());
            }
            if (page.size() < Shelf.PAGE) {
                return inboxes;
            }
            from = Shelf.behind(page.getLast().key());
        }
    }

    private Map<Long, Held> held() {
        var held = new HashMap<Long, Held>();
        for (var from = Key.first(Kind.HELD); ; ) {
            var page = shelf.page(from, Shelf.PAGE);
            page.forEach(entry -> held.put(entry.key().first(), Held.read(entry.value())));
            if (page.size() < Shelf.PAGE) {
                return held;
            }
            from = Shelf.behind(page.getLast().key());
        }
    }

    /** Page by page: there may be millions. */
    private void forEachName(Consumer<TurnStore.Named> each) {
        long first = shelf.number(FIRST);
        if (first != Directory.NONE) {
            each.accept(new TurnStore.Named(FIRST, first));
        }
        for (var behind = FIRST; ; ) {
            var page = shelf.names(behind, Shelf.PAGE);
            page.forEach(each);
            if (page.size() < Shelf.PAGE) {
                return;
            }
            behind = page.getLast().name();
        }
    }

    /** The latest of the waiting messages from outside are known again, within the window. */
    private void recognise(List<Cell> cells, long now) {
        long least = leastRecognised(cells);
        var latest = new ArrayList<Message>();
        for (var cell : cells) {
            for (long number : cell.inbox().numbers()) {
                if (Envelope.origin(number) == Envelope.Origin.DOOR && number >= least) {
                    latest.add(new Message(cell, number));
                }
            }
        }
        latest.sort(Comparator.comparingLong(Message::number).reversed());
        long oldest = now - settings.dedupFor().toNanos() / 1_000;
        var found = new ArrayList<Runnable>();
        for (var each : latest) {
            var cell = each.cell();
            var envelope = shelf.message(cell.number(), each.number());
            if (envelope.isEmpty() || envelope.get().acceptedAt() <= oldest) {
                break;
            }
            var ticket = new Ticket(cell.number(), each.number(), envelope.get().secret());
            found.add(() -> outcomes.found(cell.name(), ticket, envelope.get()));
        }
        found.reversed().forEach(Runnable::run);
    }

    private record Message(Cell cell, long number) {}

    /** Some of the waiting messages say since when what has such numbers waits. */
    private void date(List<Cell> cells, long now) {
        int count = cells.stream().mapToInt(cell -> cell.inbox().count()).sum();
        int step = Math.max(1, count / DATED);
        var dates = new TreeMap<Long, Long>();
        int next = 0;
        for (var cell : cells) {
            for (; next < cell.inbox().count(); next += step) {
                long number = cell.inbox().number(next);
                shelf.glance(cell.number(), number).ifPresent(glance -> dates.put(number, glance.acceptedAt()));
            }
            next -= cell.inbox().count();
        }
        urgency.found(dates, now);
    }

    /** The number from which on there are as many from outside as may be recognised. */
    private long leastRecognised(List<Cell> cells) {
        var numbers = cells.stream()
                .flatMapToLong(cell -> Arrays.stream(cell.inbox().numbers()))
                .filter(number -> Envelope.origin(number) == Envelope.Origin.DOOR)
                .sorted()
                .toArray();
        return numbers.length <= settings.dedupCount() ? 0 : numbers[numbers.length - settings.dedupCount()];
    }
}
