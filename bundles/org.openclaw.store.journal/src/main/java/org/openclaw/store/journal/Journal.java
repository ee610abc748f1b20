package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.StoreException;

/**
 * A log of numbered frames, kept in segments of a fixed size. What {@link #append} has returned from is durable.
 *
 * <p><b>Writing.</b> One frame at a time: it is written in one piece and forced before the next one is begun. A segment's file
 * is written full of zeros once, when it is made, and used again when nothing in it is needed any more; so a write never
 * changes the file's length, and forcing it costs the disk one write instead of two.
 *
 * <p><b>Reading it back.</b> Frames are read in the order of their numbers until one is not there. Since every frame was
 * forced before the next one was written, a power failure can only tear the last: it was never acknowledged, and is
 * overwritten by the next. If there is a readable frame anywhere behind the broken one, the disk has damaged it later: the
 * exception names file and offset, and nothing is changed. The salt of each segment (see {@link Frame}) keeps old contents of
 * a recycled file, and look-alikes within payloads, out of this.
 *
 * <p><b>After a failed write</b> nobody knows what is on the disk, and a second force may lie about it. So the journal
 * refuses every further append; it has to be opened again. Only making a file for a segment may fail and be tried again:
 * nothing lies in it yet.
 *
 * <p><b>Threads.</b> One appends and begins segments; one at a time prepares files and releases segments; any reads.
 */
final class Journal implements AutoCloseable {
    /** A new journal begins with a segment that is written quickly on any disk. */
    private static final long FIRST_SEGMENT = 4L << 20;

    private final Disk disk;
    private final Options options;
    private final LongSupplier salts;
    /** Without gaps. Replaced, never changed; by the one who has this object's lock. */
    private volatile Segment[] segments = {};
    /** Let go of, but not yet free of readers or not yet out of the way. */
    private final List<Segment> lingering = new ArrayList<>();

    private final Deque<String> spares = new ArrayDeque<>();
    private long spareNumber;
    private @Nullable IOException failure;

    /** Takes the frames of a journal that is being opened. */
    @FunctionalInterface
    interface Replay {
        /**
         * @param number one more at each call
         * @param place where the payload begins
         * @param payload only valid during the call
         */
        void frame(long number, long place, ByteBuffer payload) throws IOException;
    }

    private Journal(Disk disk, Options options, LongSupplier salts) {
        this.disk = disk;
        this.options = options;
        this.salts = salts;
    }

    /**
     * Opens the journal of a folder and hands out the frames that are needed.
     *
     * @param from the number of the first frame that is needed; those before it are in a checkpoint
     * @throws StoreException when frames that are needed are missing or damaged, or a newer release has written them
     */
    static Journal open(Disk disk, Options options, LongSupplier salts, long from, Replay replay) throws IOException {
        var journal = new Journal(disk, options, salts);
        try {
            journal.recover(from, replay);
            return journal;
        } catch (IOException | RuntimeException failed) {
            journal.close();
            throw failed;
        }
    }

    private void recover(long from, Replay replay) throws IOException {
        var recovery = new Recovery(disk, from);
        try {
            recovery.run(replay);
        } finally {
            segments = recovery.segments().toArray(Segment[]::new);
        }
        // only now: until everything is known to be whole nothing is changed
        for (var name : recovery.spares()) {
            spareNumber = Math.max(spareNumber, FileNames.spareNumber(name));
        }
        for (var name : recovery.unfinished()) {
            disk.delete(name);
        }
        for (var name : recovery.spares()) {
            if (spares.size() < options.spares() && size(name) == options.segmentBytes()) {
                spares.add(name);
            } else {
                disk.delete(name);
            }
        }
        for (var name : recovery.unneeded()) {
            recycle(name, size(name));
        }
        if (segments.length == 0) {
            if (spares.isEmpty()) {
                makeSpare(Math.min(FIRST_SEGMENT, options.segmentBytes()));
            }
            begin(1, from);
        }
    }

    private long size(String name) throws IOException {
        try (var file = disk.open(name)) {
            return file.size();
        }
    }

    private Segment current() {
        return segments[segments.length - 1];
    }

    /** The number of the last frame; one less than the first that was asked for when there is none. */
    long last() {
        return current().last();
    }

    /** Where the next frame goes. */
    long end() {
        return Place.of(current().header().segment(), current().end());
    }

    /** How many segments are needed. */
    int count() {
        return segments.length;
    }

    /** The longest payload that a frame may have. */
    long mostBytes() {
        return options.segmentBytes() - SegmentHeader.SIZE - Frame.HEADER;
    }

    /** Whether the next frame fits behind the last; otherwise {@link #begin()} comes first. */
    boolean hasRoomFor(long payload) {
        return current().hasRoomFor(payload);
    }

    /**
     * Appends a frame and makes it durable.
     *
     * @param frame the payload, from {@link Frame#HEADER} to the buffer's limit; what lies before it is overwritten
     * @return the {@link Place} of the payload
     * @throws StoreException when writing fails; so does every append after it
     */
    long append(ByteBuffer frame) throws StoreException {
        requireUsable();
        try {
            var segment = current();
            long number = segment.last() + 1;
            Frame.seal(frame, segment.header().salt(), number);
            return Place.of(segment.header().segment(), segment.append(frame.rewind(), number));
        } catch (IOException failed) {
            throw stop(failed);
        }
    }

    /** Refuses when an append has failed. */
    void requireUsable() throws StoreException {
        var broken = failure;
        if (broken != null) {
            throw JournalFailure.stopped(broken);
        }
    }

    /** Nothing more is accepted. */
    StoreException stop(IOException cause) {
        failure = cause;
        return JournalFailure.stopped(cause);
    }

    /**
     * Begins the next segment in a file that was {@linkplain #prepare prepared}.
     *
     * @throws StoreException when writing fails; so does every append after it
     */
    void begin() throws StoreException {
        requireUsable();
        try {
            begin(current().header().segment() + 1, current().last() + 1);
        } catch (IOException failed) {
            throw stop(failed);
        }
    }

    private void begin(long number, long first) throws IOException {
        var name = FileNames.segment(number);
        String spare;
        synchronized (this) {
            spare = spares.remove();
        }
        disk.rename(spare, name);
        // before the header: a file whose new name is lost must still be what its old name says
        disk.forceNames();
        var file = disk.open(name);
        try {
            var header = new SegmentHeader(number, first, salts.getAsLong());
            file.write(0, header.bytes());
            file.force();
            add(new Segment(header, name, file));
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private synchronized void add(Segment segment) {
        var more = Arrays.copyOf(segments, segments.length + 1);
        more[segments.length] = segment;
        segments = more;
    }

    /** Whether {@link #begin()} has a file. */
    synchronized boolean isPrepared() {
        return !spares.isEmpty();
    }

    /** Makes a file for the next segment; when that fails nothing has changed. */
    void prepare() throws IOException {
        makeSpare(options.segmentBytes());
    }

    private void makeSpare(long size) throws IOException {
        long number;
        synchronized (this) {
            number = ++spareNumber;
        }
        var unfinished = FileNames.unfinished(number);
        var spare = FileNames.spare(number);
        disk.create(unfinished, size);
        disk.rename(unfinished, spare);
        synchronized (this) {
            spares.add(spare);
        }
    }

    /**
     * Enters the segment of a place; its {@link Segment#leave} must follow.
     *
     * @return null when it has been let go of: what lay there is in the checkpoint store
     */
    @Nullable
    Segment enter(long place) {
        var now = segments;
        long index =
                now.length == 0 ? -1 : Place.segment(place) - now[0].header().segment();
        if (index < 0 || index >= now.length) {
            return null;
        }
        var segment = now[(int) index];
        return segment.enter() ? segment : null;
    }

    /** The segments that are needed, entered; each one's {@link Segment#leave} must follow. */
    synchronized List<Segment> enterAll() {
        return Arrays.stream(segments).filter(Segment::enter).toList();
    }

    /** Whether {@link #release} has something to do. */
    synchronized boolean hasReleasable(long upTo) {
        return (segments.length > 1 && segments[1].header().first() <= upTo + 1)
                || lingering.stream().anyMatch(Segment::isFree);
    }

    /**
     * Lets go of every segment whose frames all have a number up to this one; the one being written stays. A file is out of
     * the way when nobody reads it any more: at once, or at a later call. May be called again when it has failed.
     */
    void release(long upTo) throws IOException {
        while (let(upTo)) {}
        for (var segment : List.copyOf(lingering)) {
            if (segment.isFree()) {
                segment.close();
                recycle(segment.name(), segment.size());
                synchronized (this) {
                    lingering.remove(segment);
                }
            }
        }
    }

    private synchronized boolean let(long upTo) {
        if (segments.length < 2 || segments[1].header().first() > upTo + 1) {
            return false;
        }
        var segment = segments[0];
        segments = Arrays.copyOfRange(segments, 1, segments.length);
        lingering.add(segment);
        segment.leave();
        return true;
    }

    private void recycle(String name, long size) throws IOException {
        String spare = null;
        synchronized (this) {
            if (size == options.segmentBytes() && spares.size() < options.spares()) {
                spare = FileNames.spare(++spareNumber);
            }
        }
        if (spare == null) {
            disk.delete(name);
            return;
        }
        disk.rename(name, spare);
        synchronized (this) {
            spares.add(spare);
        }
    }

    /** Waits for the readers, who are quick, and closes the files. */
    @Override
    public void close() throws IOException {
        Segment[] open;
        synchronized (this) {
            open = segments;
            segments = new Segment[0];
        }
        for (var segment : open) {
            segment.leave();
        }
        lingering.addAll(List.of(open));
        for (var segment : lingering) {
            while (!segment.isFree()) {
                Thread.onSpinWait();
            }
            segment.close();
        }
        lingering.clear();
    }
}
