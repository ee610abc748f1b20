package org.openclaw.schema.json.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.openclaw.schema.SchemaEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes schemas onto the shelf, one after the other, on a thread of its own; what fails is tried again. Thread-safe. */
final class Scribe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    /** Characters that wait. */
    private static final long MOST = 16 << 20;

    private static final String SUBJECT = "disk";

    private final Shelf shelf;
    private final Duration retry;
    private final Complaints complaints;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final SequencedMap<Place, Sheet> waiting = new LinkedHashMap<>();
    private final Thread thread;
    private long characters;
    private boolean closed;
    private boolean failing;

    private record Sheet(SchemaEntry entry, String json) {}

    /** @param retry how long it waits after a failure */
    Scribe(Shelf shelf, Duration retry, Complaints complaints) {
        this.shelf = shelf;
        this.retry = retry;
        this.complaints = complaints;
        this.thread = Thread.ofPlatform().daemon().name("openclaw-schemas").start(this::run);
    }

    /** Takes one for writing; no when too much waits already. */
    boolean take(SchemaEntry entry, String json) {
        lock.lock();
        try {
            var place = Place.of(entry);
            if (waiting.containsKey(place)) {
                return true;
            }
            if (characters + json.length() > MOST) {
                complaints.say(
                        "backlog",
                        "Schemas of " + entry.agentType() + " " + entry.version()
                                + " are not kept, since too many wait for the disk already. See to the disk; they are"
                                + " brought again when the node starts.");
                return false;
            }
            waiting.put(place, new Sheet(entry, json));
            characters += json.length();
            more.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The text of a schema that is not on the shelf yet. */
    Optional<String> text(String digest) {
        lock.lock();
        try {
            return waiting.values().stream()
                    .filter(sheet -> sheet.entry().digest().equals(digest))
                    .map(Sheet::json)
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (var next = next(); next.isPresent(); next = next()) {
                write(next.get());
            }
        } catch (InterruptedException end) {
            LOG.debug("The writing of schemas was interrupted");
        }
    }

    /** The next one, when there is one; empty at the end, which does not wait for a disk that takes nothing. */
    private Optional<Sheet> next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                more.await();
            }
            return closed && (failing || waiting.isEmpty())
                    ? Optional.empty()
                    : Optional.of(waiting.firstEntry().getValue());
        } finally {
            lock.unlock();
        }
    }

    private void write(Sheet sheet) throws InterruptedException {
        try {
            shelf.put(sheet.entry(), sheet.json());
        } catch (IOException | RuntimeException full) {
            complaints.say(
                    SUBJECT,
                    "Schemas cannot be written to data/schemas: " + full + ". Agents run all the same. See to the disk;"
                            + " it is tried again every " + retry.toSeconds() + " s.");
            pause();
            return;
        }
        complaints.settle(SUBJECT);
        complaints.settle(sheet.entry().digest());
        lock.lock();
        try {
            failing = false;
            waiting.remove(Place.of(sheet.entry()));
            characters -= sheet.json().length();
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            failing = true;
            long left = retry.toNanos();
            while (left > 0 && !closed) {
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, if the disk takes it, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(FAREWELL)) {
                LOG.warn(
                        "Schemas are still being written after {} s; what is not is brought again.",
                        FAREWELL.toSeconds());
                thread.interrupt();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
