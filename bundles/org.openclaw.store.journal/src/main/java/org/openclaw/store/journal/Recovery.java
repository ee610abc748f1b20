package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.StoreException;

/** Reads the segments of a folder in their order, and judges what it finds; changes nothing. */
final class Recovery {
    private final Disk disk;
    private final long from;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> spares = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private final List<String> unneeded = new ArrayList<>();
    /** The newest segment's file, when it has no header. */
    private @Nullable String torn;

    Recovery(Disk disk, long from) {
        this.disk = disk;
        this.from = from;
    }

    /** Those that are needed, open, from the oldest on. */
    List<Segment> segments() {
        return segments;
    }

    List<String> spares() {
        return spares;
    }

    /** Files that were being made. */
    List<String> unfinished() {
        return unfinished;
    }

    /** Files of segments that are not needed. */
    List<String> unneeded() {
        return unneeded;
    }

    void run(Journal.Replay replay) throws IOException {
        var names = new TreeSet<String>();
        for (var name : disk.names()) {
            if (FileNames.isSegment(name)) {
                names.add(name);
            } else if (FileNames.spareNumber(name) > 0) {
                spares.add(name);
            } else if (FileNames.isUnfinished(name)) {
                unfinished.add(name);
            }
        }
        for (var name : names.descendingSet()) {
            if (isFirstNeededOpen()) {
                unneeded.add(name);
            } else {
                open(name);
            }
        }
        requireFirst();
        long next = replay(replay);
        judgeTorn(next);
        judgeEnd(next);
    }

    private boolean isFirstNeededOpen() {
        return !segments.isEmpty() && segments.getFirst().header().first() <= from;
    }

    private void open(String name) throws IOException {
        var file = disk.open(name);
        try {
            var start = ByteBuffer.allocate(SegmentHeader.SIZE);
            if (file.size() >= SegmentHeader.SIZE + Frame.HEADER) {
                file.read(0, start);
            }
            var header = SegmentHeader.read(start, name).filter(one -> name.equals(FileNames.segment(one.segment())));
            if (header.isPresent()) {
                segments.addFirst(new Segment(header.get(), name, file));
                return;
            }
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
        file.close();
        if (torn != null || !segments.isEmpty()) {
            throw JournalFailure.damaged(name, 0, from, "it has no readable header, and a later segment follows");
        }
        torn = name;
    }

    private void requireFirst() throws StoreException {
        if (segments.isEmpty()) {
            if (from > 1) {
                throw JournalFailure.empty(from);
            }
        } else if (!isFirstNeededOpen()) {
            var first = segments.getFirst();
            throw JournalFailure.missing(first.name(), first.header().first(), from);
        }
    }

    /** The number of the frame that comes next. */
    private long replay(Journal.Replay replay) throws IOException {
        Segment before = null;
        for (var segment : segments) {
            if (before != null) {
                requireNext(before, segment);
            }
            segment.replay(from, replay);
            before = segment;
        }
        return before == null ? from : before.last() + 1;
    }

    private static void requireNext(Segment before, Segment segment) throws StoreException {
        long next = before.last() + 1;
        if (segment.header().segment() != before.header().segment() + 1) {
            throw JournalFailure.missing(segment.name(), segment.header().first(), next);
        }
        if (segment.header().first() != next) {
            throw JournalFailure.damaged(
                    before.name(),
                    before.end(),
                    next,
                    segment.name() + " follows with frame " + segment.header().first());
        }
    }

    /** The newest segment may be without a header: the write of it was torn, and no frame was written behind it. */
    private void judgeTorn(long next) throws IOException {
        if (torn == null) {
            return;
        }
        try (var file = disk.open(torn)) {
            var frame = ByteBuffer.allocate(Frame.HEADER);
            if (file.size() >= SegmentHeader.SIZE + Frame.HEADER) {
                file.read(SegmentHeader.SIZE, frame);
                if (Frame.number(frame, 0) == next) {
                    throw JournalFailure.damaged(torn, 0, next, "frames follow its unreadable header");
                }
            }
        }
        unneeded.add(torn);
    }

    private void judgeEnd(long next) throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        var newest = segments.getLast();
        var behind = newest.laterFrame();
        if (behind.isPresent()) {
            throw JournalFailure.damaged(
                    newest.name(), newest.end(), next, "a later frame follows at offset " + behind.getAsLong());
        }
        if (next < from) {
            throw JournalFailure.damaged(
                    newest.name(), newest.end(), next, "the checkpoint has frames up to " + (from - 1));
        }
    }
}
