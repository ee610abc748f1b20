package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.EventKind;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * The recorded steps of turns that are not committed, and what they wait for: which messages have some, and how many. They lie in
 * the store until their message is committed, taken back, or discarded. Looked at by any thread, changed by the thread of the {@link
 * Core} alone.
 */
final class Steps {
    private static final StepRecord.Outcome.Failure NO_FAILURE = new StepRecord.Outcome.Failure("", "");

    /** By the number of the message: one more than the greatest ordinal. */
    private final ConcurrentHashMap<Long, Integer> counts = new ConcurrentHashMap<>();
    /** Messages whose turns may have begun before, and have nothing recorded. */
    private final Set<Long> doubtful = ConcurrentHashMap.newKeySet();
    /** Messages whose turns may have waited for something. */
    private final Set<Long> waited = ConcurrentHashMap.newKeySet();
    /** What is decided of that, until it is committed; for the thread of the core. */
    private final Map<Key, StepRecord> decided = new HashMap<>();

    private final Core core;
    private final Shelf shelf;
    private final Blobs blobs;
    private final Timers timers;
    private final Numbers numbers;
    private final EventRing events;
    private final long before;

    /** @param numbers those of messages below its first one may have had a turn before this node began */
    Steps(Core core, Shelf shelf, Blobs blobs, Timers timers, Numbers numbers, EventRing events) {
        this.core = core;
        this.shelf = shelf;
        this.blobs = blobs;
        this.timers = timers;
        this.numbers = numbers;
        this.events = events;
        before = Envelope.least(numbers.first());
        var parts = new TreeMap<Long, Integer>();
        for (var from = Key.first(Kind.STEP); ; ) {
            var page = shelf.keys(from, Shelf.PAGE);
            page.forEach(entry -> found(entry.key(), parts));
            if (page.size() < Shelf.PAGE) {
                break;
            }
            from = Shelf.behind(page.getLast().key());
        }
        blobs.load(parts);
    }

    private void found(Key key, Map<Long, Integer> parts) {
        if (Blob.isKey(key)) {
            parts.merge(key.first(), Blob.parts(key), Math::max);
        } else {
            count(key.first(), (int) key.second());
            waited.add(key.first());
        }
    }

    private void count(long message, int ordinal) {
        counts.merge(message, ordinal + 1, Math::max);
    }

    private static Key key(long message, int ordinal) {
        return new Key(Kind.STEP, message, ordinal);
    }

    /** What was recorded for a message and is committed, by ordinal. Thread-safe. */
    SortedMap<Integer, StepRecord> recorded(long message) {
        var count = counts.isEmpty() ? null : counts.get(message);
        if (count == null) {
            return Collections.emptySortedMap();
        }
        var found = new TreeMap<Integer, StepRecord>();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            int place = ordinal;
            shelf.step(message, ordinal).ifPresent(step -> found.put(place, step));
        }
        return found;
    }

    /** What was recorded for one step and is committed. Thread-safe. */
    Optional<StepRecord> recorded(long message, int ordinal) {
        return shelf.step(message, ordinal);
    }

    /** Whether an action of its turn may have run, of which nothing is recorded. Thread-safe. */
    boolean isDoubtful(long message) {
        return message < before || doubtful.contains(message);
    }

    /** A turn has begun and is not committed. */
    void doubt(long message) {
        doubtful.add(message);
        blobs.ended(message);
    }

    /** Where large results lie. */
    Blobs blobs() {
        return blobs;
    }

    /** Whether a turn for a message is known to have begun. Thread-safe. */
    boolean hasBegun(long message, Envelope envelope) {
        return envelope.begun() || doubtful.contains(message) || counts.containsKey(message);
    }

    /** Before the first action of the turn for a message that expires: from now on it does not. Thread-safe. */
    CompletableFuture<Boolean> begin(Job job, Envelope envelope) {
        return core.tell(job.cell().name().tenant(), into -> {
            begun(job, envelope, into);
            return true;
        });
    }

    /** The turn for a message has begun: one that expires does so no more, also when the node ends. */
    void begun(Job job, Envelope envelope, Transaction into) {
        boolean marked = envelope.begun() || envelope.delivery().expires().isEmpty();
        if (!marked && job.cell().inbox().find(job.number()) >= 0) {
            into.put(
                    Key.inbox(job.cell().number(), job.number()),
                    envelope.beginning().bytes());
        }
    }

    /**
     * Records steps of the turn for a message, as soon as the store takes something; completes behind the commit. Thread-safe. The
     * turn must not have ended: nothing else changes its message until then.
     */
    CompletableFuture<Boolean> record(Job job, Envelope envelope, String version, Map<Integer, StepRecord> steps) {
        return core.tell(job.cell().name().tenant(), into -> {
            steps.forEach((ordinal, step) -> put(job.number(), ordinal, step, into));
            into.then(() -> steps.values().forEach(step -> note(job, envelope, version, step)));
            return true;
        });
    }

    private void note(Job job, Envelope envelope, String version, StepRecord step) {
        var told = new EventRing.Told(
                job.number(),
                envelope.secret(),
                envelope.message().type(),
                version,
                step.nanos(),
                EventRing.cut(step.name()));
        var failure = step.outcome() instanceof StepRecord.Outcome.Failure failed ? failed : NO_FAILURE;
        events.add(
                EventKind.STEP_RECORDED,
                job.cell().name(),
                job.cell().number(),
                step.endedAt(),
                told,
                failure.code(),
                failure.cause());
    }

    /**
     * The same for a signal; completes with what was recorded of it.
     *
     * @param signal what is recorded of it, but until when it is open
     */
    CompletableFuture<StepRecord> open(Job job, int ordinal, StepRecord signal, Instant until, String className) {
        return core.tell(job.cell().name().tenant(), into -> open(job, ordinal, signal, until, className, null, into));
    }

    private void put(long message, int ordinal, StepRecord step, Transaction into) {
        into.put(key(message, ordinal), step.bytes());
        count(message, ordinal);
        step.blob().ifPresent(blob -> blobs.recorded(message, blob));
    }

    /** From now on somebody may answer, for a time. */
    StepRecord open(
            Job job,
            int ordinal,
            StepRecord step,
            Instant until,
            String className,
            StepRecord.@Nullable Asked asked,
            Transaction into) {
        long timer = numbers.next(into);
        long message = job.number();
        var open = step.as(new StepRecord.Outcome.Open(until.toEpochMilli(), timer, className, asked));
        timers.set(
                new Timers.Due(until.toEpochMilli(), timer),
                new TimerRecord(job.cell().number(), job.cell().name(), new TimerRecord.What.End(message, ordinal)),
                into);
        into.then(timers::arm);
        decide(message, ordinal, open, into);
        return open;
    }

    /** What is recorded of one that may be answered, with what is not committed yet. */
    Optional<StepRecord> current(long message, int ordinal) {
        return Optional.ofNullable(decided.get(key(message, ordinal))).or(() -> shelf.step(message, ordinal));
    }

    /** It is not open any more. */
    void end(long message, int ordinal, StepRecord open, long now, StepRecord.Outcome how, Transaction into) {
        open.open().ifPresent(answered -> disarm(answered, into));
        decide(message, ordinal, open.ended(now, how), into);
    }

    /** Records something that is or was open. */
    void decide(long message, int ordinal, StepRecord step, Transaction into) {
        var key = key(message, ordinal);
        waited.add(message);
        decided.put(key, step);
        put(message, ordinal, step, into);
        into.then(() -> decided.remove(key, step));
    }

    /** The turn for a message has failed with these: the next one takes them as if none had. */
    void anew(long message, List<Integer> ordinals, Transaction into) {
        for (int ordinal : ordinals) {
            current(message, ordinal)
                    .filter(step -> step.outcome() instanceof StepRecord.Outcome.Failure)
                    .ifPresent(step -> decide(message, ordinal, step.as(new StepRecord.Outcome.Anew()), into));
        }
    }

    private void disarm(StepRecord.Outcome.Open open, Transaction into) {
        timers.cancel(new Timers.Due(open.until(), open.timer()), into);
    }

    /** What the turn of a message has opened and nobody has answered. */
    private List<StepRecord.Outcome.Open> open(long message) {
        int count = waited.contains(message) ? counts.getOrDefault(message, 0) : 0;
        return IntStream.range(0, count)
                .mapToObj(ordinal -> current(message, ordinal))
                .flatMap(Optional::stream)
                .flatMap(step -> step.open().stream())
                .toList();
    }

    /** What the turn of a message has asked and nobody has answered. */
    List<StepRecord.Asked> questions(long message) {
        return open(message).stream().flatMap(open -> open.question().stream()).toList();
    }

    /** Nobody may answer any more what the turn of a message has opened. */
    void disarm(long message, Transaction into) {
        open(message).forEach(open -> disarm(open, into));
    }

    /** A message is gone, and its steps with it. */
    void forget(long message, Transaction into) {
        // asked first: most turns take no steps and do not fail
        if (!doubtful.isEmpty()) {
            doubtful.remove(message);
        }
        if (!waited.isEmpty()) {
            disarm(message, into);
            waited.remove(message);
        }
        blobs.forget(message);
        var count = counts.isEmpty() ? null : counts.remove(message);
        for (int ordinal = 0; count != null && ordinal < count; ordinal++) {
            decided.remove(key(message, ordinal));
            into.remove(key(message, ordinal));
        }
    }

    /** A message goes on under another number, and its steps with it, but for those that nobody has answered. */
    void move(long from, long to, Transaction into) {
        blobs.move(from, to, into);
        recorded(from).forEach((ordinal, step) -> {
            if (!step.isOpen()) {
                put(to, ordinal, step, into);
            }
        });
        forget(from, into);
        doubt(to);
    }
}
