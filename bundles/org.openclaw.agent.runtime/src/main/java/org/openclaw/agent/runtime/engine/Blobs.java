package org.openclaw.agent.runtime.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.openclaw.message.Body;
import org.openclaw.store.Key;

/**
 * The results of steps that are too large for their records. Changed by the thread of the {@link Core}, but for what says otherwise.
 *
 * <p><b>Parts first, then the record.</b> A result is written in parts, each in a commit that others share, and the next one waits for
 * it: so no commit gets large, and nobody waits for all of it. When all are durable the step is recorded, with where they lie. Whatever
 * ends the turn in between leaves parts that no record refers to. They are never read. They go when the step is taken again or its turn
 * has ended, with their message at the latest, and after a crash when the node begins: of the parts that it finds, those stay whose
 * owner has a record that refers to them.
 *
 * <p><b>A number of their own.</b> A step that is taken again writes its parts under another number, as keys are never used twice. A
 * message that is driven again takes its parts along by saying so of each number; no part is written again.
 *
 * <p><b>The record goes first.</b> What nobody needs any more is removed behind it, some parts at a time, so that a commit that ends a
 * message does not grow with its results.
 */
final class Blobs {
    /** How many entries one commit removes. */
    private static final int AT_ONCE = 1_000;

    private final Core core;
    private final Shelf shelf;
    private final Numbers numbers;
    private final int partBytes;
    /** By the message whose turn has written them. */
    private final Map<Long, List<Kept>> kept = new HashMap<>();
    /** Those that nobody needs any more. */
    private final Deque<Kept> gone = new ArrayDeque<>();

    private boolean clears;

    /** @param partBytes how many bytes a part has, but for the last one */
    Blobs(Core core, Shelf shelf, Numbers numbers, int partBytes) {
        this.core = core;
        this.shelf = shelf;
        this.numbers = numbers;
        this.partBytes = partBytes;
    }

    /** One that is in the store, in part or as a whole. */
    private static final class Kept {
        private final long number;
        private final int ordinal;
        private int parts;
        private boolean recorded;
        private boolean dropped;

        Kept(long number, int ordinal, int parts) {
            this.number = number;
            this.ordinal = ordinal;
            this.parts = parts;
        }
    }

    /** What was read of one. */
    sealed interface Found {
        record Whole(Body body) implements Found {}

        /** @param why how what is there differs from what was recorded */
        record Corrupt(String why) implements Found {}
    }

    /** Takes over what the store has: of each number, how many parts. */
    void load(SortedMap<Long, Integer> found) {
        found.forEach((number, parts) -> {
            var owner = shelf.owner(number);
            var blob = new Kept(number, owner.map(Blob.Owner::ordinal).orElse(0), parts);
            blob.recorded = owner.filter(of -> isRecorded(of, number)).isPresent();
            if (blob.recorded) {
                of(owner.orElseThrow().message()).add(blob);
            } else {
                gone.add(blob);
            }
        });
    }

    /** The node has begun: what its last life has left behind is removed from now on. */
    void open() {
        clearSoon();
    }

    private boolean isRecorded(Blob.Owner owner, long number) {
        return shelf.step(owner.message(), owner.ordinal())
                .flatMap(StepRecord::blob)
                .filter(blob -> blob.number() == number)
                .isPresent();
    }

    private List<Kept> of(long message) {
        return kept.computeIfAbsent(message, _ -> new ArrayList<>());
    }

    /**
     * Writes the result of a step of a turn that has not ended, and returns when all of it is durable. By a thread of the turn.
     *
     * @throws InterruptedException when the turn was given up
     */
    Blob write(TurnLog log, int ordinal, Body body) throws InterruptedException {
        long message = log.job().number();
        var tenant = log.job().cell().name().tenant();
        var hash = Identity.sha256();
        try (var bytes = new DigestInputStream(body.stream(), hash)) {
            var first = Blob.entry(bytes.readNBytes(partBytes));
            var blob = log.await(core.tell(tenant, into -> begin(message, ordinal, first, into)));
            int parts = 1;
            for (var next = bytes.readNBytes(partBytes); next.length > 0; next = bytes.readNBytes(partBytes)) {
                log.requireOpen();
                var part = Blob.entry(next);
                log.await(core.tell(tenant, into -> add(blob, part, into)));
                parts++;
            }
            return new Blob(blob.number, parts, body.size(), HexFormat.of().formatHex(hash.digest()));
        } catch (IOException never) { // they are in memory
            throw new UncheckedIOException(never);
        }
    }

    private Kept begin(long message, int ordinal, byte[] first, Transaction into) {
        drop(message, blob -> !blob.recorded && blob.ordinal == ordinal);
        // like the number of a message, so that of all keys of its kind the later are greater
        var blob = new Kept(Envelope.least(numbers.next(into)), ordinal, 0);
        of(message).add(blob);
        into.put(Blob.owner(blob.number), new Blob.Owner(message, ordinal).bytes());
        return add(blob, first, into);
    }

    private static Kept add(Kept blob, byte[] part, Transaction into) {
        if (!blob.dropped) { // or its turn was given up meanwhile, and what it has written may be removed already
            into.put(Blob.part(blob.number, blob.parts++), part);
        }
        return blob;
    }

    /** A step of a message is recorded, with where its result lies. */
    void recorded(long message, Blob recorded) {
        kept.getOrDefault(message, List.of()).stream()
                .filter(blob -> blob.number == recorded.number())
                .forEach(blob -> blob.recorded = true);
    }

    /** The turn for a message has ended without taking place: what it has not recorded goes. */
    void ended(long message) {
        drop(message, blob -> !blob.recorded);
    }

    /** A message is gone. */
    void forget(long message) {
        drop(message, _ -> true);
    }

    /** A message goes on under another number. */
    void move(long from, long to, Transaction into) {
        ended(from);
        var blobs = kept.remove(from);
        if (blobs != null) {
            kept.put(to, blobs);
            blobs.forEach(blob -> into.put(Blob.owner(blob.number), new Blob.Owner(to, blob.ordinal).bytes()));
        }
    }

    private void drop(long message, Predicate<Kept> which) {
        var blobs = kept.isEmpty() ? null : kept.get(message);
        if (blobs == null) {
            return;
        }
        blobs.stream().filter(which).forEach(blob -> {
            blob.dropped = true;
            gone.add(blob);
        });
        blobs.removeIf(which);
        if (blobs.isEmpty()) {
            kept.remove(message);
        }
        clearSoon();
    }

    /** Behind what is being decided, and so never before the record. */
    private void clearSoon() {
        if (!clears && !gone.isEmpty()) {
            clears = true;
            core.submit(this::clear);
        }
    }

    private void clear(Transaction into) {
        for (int removed = 0; removed < AT_ONCE && !into.isFull() && !gone.isEmpty(); removed++) {
            into.remove(next());
        }
        if (gone.isEmpty()) {
            clears = false;
        } else {
            into.then(() -> core.submit(this::clear));
        }
    }

    /** The next entry to remove: whose it is comes last, so that after a crash the others are known by it. */
    private Key next() {
        var blob = gone.getFirst();
        return blob.parts > 0 ? Blob.part(blob.number, --blob.parts) : Blob.owner(gone.removeFirst().number);
    }

    /** Reads one as it was recorded. Thread-safe. */
    Found read(Blob blob) {
        var bytes = new byte[blob.size()];
        int end = 0;
        for (int index = 0; index < blob.parts(); index++) {
            var part = shelf.part(blob.number(), index);
            if (part.isEmpty()) {
                return new Found.Corrupt("part " + (index + 1) + " of " + blob.parts() + " is missing");
            }
            int length = part.get().length;
            if (length > bytes.length - end) {
                return new Found.Corrupt("it has more than " + bytes.length + " bytes");
            }
            System.arraycopy(part.get(), 0, bytes, end, length);
            end += length;
        }
        if (end < bytes.length) {
            return new Found.Corrupt("it has " + end + " bytes instead of " + bytes.length);
        }
        var digest = HexFormat.of().formatHex(Identity.sha256().digest(bytes));
        return digest.equals(blob.digest())
                ? new Found.Whole(Body.json(bytes))
                : new Found.Corrupt("its SHA-256 is " + digest + " instead of " + blob.digest());
    }
}
