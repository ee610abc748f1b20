package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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

    private final Settings settings;
    private final Shelf shelf;
    private final Directory directory;
    private final Rooms rooms;
    private final Outcomes outcomes;

    Recovery(Settings settings, Shelf shelf, Directory directory, Rooms rooms, Outcomes outcomes) {
        this.settings = settings;
        this.shelf = shelf;
        this.directory = directory;
        this.rooms = rooms;
        this.outcomes = outcomes;
    }

    /** How many messages wait. */
    long run(long now) {
        outcomes.load(now);
        var inboxes = inboxes();
        var held = held();
        var cells = new HashMap<Long, Cell>();
        var waiting = new AtomicLong();
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
            cells.put(number, cell);
            if (holds != null) {
                cell.hold(holds);
            }
            waiting.addAndGet(fill(cell, inbox == null ? List.of() : inbox));
        });
        if (!inboxes.isEmpty()) {
            throw new IllegalStateException("messages wait for " + inboxes.size()
                    + " agents that have no name, such as number "
                    + inboxes.keySet().iterator().next()
                    + " (expected: none). The store is not whole: restore a checkpoint.");
        }
        recognise(cells, now);
        return waiting.get();
    }

    private long fill(Cell cell, List<Waiting> inbox) {
        for (var each : inbox) {
            cell.inbox().add(each.number(), each.size(), null);
            rooms.force(cell.name(), Envelope.origin(each.number()), each.size());
        }
        return inbox.size();
    }

    private record Waiting(long number, int size) {}

    private Map<Long, List<Waiting>> inboxes() {
        var inboxes = new HashMap<Long, List<Waiting>>();
        for (var from = Key.first(Kind.INBOX); ; ) {
            var page = shelf.keys(from, Shelf.PAGE);
            page.forEach(entry -> inboxes.computeIfAbsent(entry.key().first(), _ -> new ArrayList<>(4))
                    .add(new Waiting(entry.key().second(), entry.size())));
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
    private void recognise(Map<Long, Cell> cells, long now) {
        var latest = new ArrayList<long[]>();
        cells.values().forEach(cell -> {
            for (long number : cell.inbox().numbers()) {
                if (Envelope.origin(number) == Envelope.Origin.DOOR) {
                    latest.add(new long[] {number, cell.number()});
                }
            }
        });
        latest.sort((left, right) -> Long.compare(right[0], left[0]));
        long oldest = now - settings.dedupFor().toNanos() / 1_000;
        var found = new ArrayList<Runnable>();
        for (var each : latest.subList(0, Math.min(latest.size(), settings.dedupCount()))) {
            var cell = cells.get(each[1]);
            var envelope = shelf.message(each[1], each[0]);
            if (cell == null || envelope.isEmpty() || envelope.get().acceptedAt() <= oldest) {
                break;
            }
            var ticket = new Ticket(each[1], each[0], envelope.get().secret());
            found.add(() -> outcomes.found(cell.name(), ticket, envelope.get()));
        }
        found.reversed().forEach(Runnable::run);
    }
}
