package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.StoreException;

/**
 * Reads the segments of a journal, and says what is in them and what is wrong with them. Nothing is changed, nothing is
 * locked, and the checkpoint store is not looked at. Needs nothing but the JDK and our APIs, and answers in maps, lists,
 * texts and numbers, so that who is outside of a framework can ask, too.
 *
 * <p>Other than an opening it does not stop at the first damage: each segment is read for itself. Where a store is open
 * meanwhile, the end of the newest segment may be torn, and a segment that is let go of while it is read is left out.
 */
public final class Inspection {
    private final Path folder;
    private final boolean values;
    private final Consumer<Map<String, Object>> frames;
    private final List<Map<String, Object>> segments = new ArrayList<>();
    private final List<Map<String, Object>> damage = new ArrayList<>();
    private @Nullable Map<String, Object> torn;
    /** Of the segment before, when its frames were read up to its end. */
    private @Nullable Segment before;

    private Inspection(Path folder, boolean values, Consumer<Map<String, Object>> frames) {
        this.folder = folder;
        this.values = values;
        this.frames = frames;
    }

    /**
     * Inspects a journal.
     *
     * @param folder of the store
     * @param values whether the changes of the frames show their values, as {@code byte[]}, and not only their sizes
     * @param taker is given each readable frame in the order of their numbers: {@code frame}, {@code file}, {@code offset} and
     *     {@code size} in bytes, and {@code changes}, each with {@code change} (put, remove, name, unname) and what it is about
     * @return {@code folder}; {@code segments}, each with {@code file}, {@code segment}, {@code first}, {@code last}
     *     (one less when it has no frame), {@code used} and {@code size} in bytes; {@code damage}, a list of {@code file},
     *     {@code offset} and {@code reason}; and {@code torn}, the same, when the last write was not finished
     * @throws NoSuchFileException when there is no such folder
     * @throws StoreException when a newer release has written it
     */
    public static Map<String, Object> of(Path folder, boolean values, Consumer<Map<String, Object>> taker)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        return new Inspection(folder, values, taker).run();
    }

    private Map<String, Object> run() throws IOException {
        Folder.requireKnown(folder);
        List<String> names;
        try (var files = Files.list(folder)) {
            names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(FileNames::isSegment)
                    .sorted()
                    .toList();
        }
        for (var name : names) {
            inspect(name, name.equals(names.getLast()));
        }
        var found = new LinkedHashMap<String, Object>();
        found.put("folder", folder.toString());
        found.put("segments", segments);
        found.put("damage", damage);
        if (torn != null) {
            found.put("torn", torn);
        }
        return found;
    }

    private void inspect(String name, boolean newest) throws IOException {
        int known = damage.size();
        try (var file = ReadOnlyFile.open(folder.resolve(name))) {
            var header = header(name, file);
            if (header.isPresent()) {
                read(new Segment(header.get(), name, file), newest);
            } else {
                judgeHeader(name, file, newest);
            }
            if (damage.size() > known && !header.equals(reread(name))) {
                // it became another segment while it was read
                damage.subList(known, damage.size()).clear();
            }
        } catch (NoSuchFileException released) {
            before = null;
        }
    }

    private static Optional<SegmentHeader> header(String name, Disk.File file) throws IOException {
        var start = ByteBuffer.allocate(SegmentHeader.SIZE);
        if (file.size() >= SegmentHeader.SIZE + Frame.HEADER) {
            file.read(0, start);
        }
        return SegmentHeader.read(start, name).filter(one -> name.equals(FileNames.segment(one.segment())));
    }

    private Optional<SegmentHeader> reread(String name) throws IOException {
        try (var file = ReadOnlyFile.open(folder.resolve(name))) {
            return header(name, file);
        }
    }

    private void read(Segment segment, boolean newest) throws IOException {
        requireNext(segment);
        boolean understood = true;
        try {
            segment.replay(0, (number, place, payload) -> show(segment, number, place, payload));
        } catch (StoreException unknown) {
            understood = false;
            damaged(segment.name(), segment.end(), String.valueOf(unknown.getMessage()));
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("file", segment.name());
        fields.put("segment", segment.header().segment());
        fields.put("first", segment.header().first());
        fields.put("last", segment.last());
        fields.put("used", segment.end());
        fields.put("size", segment.size());
        segments.add(fields);
        before = understood ? segment : null;
        if (understood && newest) {
            judgeEnd(segment);
        }
    }

    private void requireNext(Segment segment) {
        var last = before;
        if (last == null) {
            return;
        }
        long next = last.last() + 1;
        if (segment.header().segment() != last.header().segment() + 1) {
            damaged(
                    segment.name(),
                    0,
                    "it begins with frame %d (expected: %d); a segment before it is missing, which matters unless the checkpoint has what was in it"
                            .formatted(segment.header().first(), next));
        } else if (segment.header().first() != next) {
            damaged(
                    last.name(),
                    last.end(),
                    "frame %d is not readable, and %s follows with frame %d"
                            .formatted(next, segment.name(), segment.header().first()));
        }
    }

    private void show(Segment segment, long number, long place, ByteBuffer payload) throws StoreException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("frame", number);
        fields.put("file", segment.name());
        fields.put("offset", Place.position(place) - Frame.HEADER);
        fields.put("size", Frame.size(payload.remaining()));
        fields.put("changes", ChangeFields.of(payload, values));
        frames.accept(fields);
    }

    /** As an opening judges it. */
    private void judgeEnd(Segment segment) throws IOException {
        long next = segment.last() + 1;
        var later = segment.laterFrame();
        if (later.isPresent()) {
            damaged(
                    segment.name(),
                    segment.end(),
                    "frame %d is not readable, and a later frame follows at offset %d"
                            .formatted(next, later.getAsLong()));
        } else if (segment.hasRoomFor(1)) {
            var start = ByteBuffer.allocate(Frame.HEADER);
            segment.read(segment.end(), start);
            // what a file held before it was a segment has lower numbers
            if (Frame.number(start, 0) == next) {
                torn(segment.name(), segment.end(), "frame " + next + " was not finished");
            }
        }
    }

    private void judgeHeader(String name, Disk.File file, boolean newest) throws IOException {
        var last = before;
        before = null;
        var frame = ByteBuffer.allocate(Frame.HEADER);
        if (file.size() >= SegmentHeader.SIZE + Frame.HEADER) {
            file.read(SegmentHeader.SIZE, frame);
        }
        if (!newest) {
            damaged(name, 0, "it has no readable header, and a later segment follows");
        } else if (Frame.number(frame, 0) == (last == null ? 1 : last.last() + 1)) {
            damaged(name, 0, "frames follow its unreadable header");
        } else {
            torn(name, 0, "its header was not finished");
        }
    }

    private void damaged(String file, long offset, String reason) {
        damage.add(at(file, offset, reason));
    }

    private void torn(String file, long offset, String reason) {
        torn = at(file, offset, reason);
    }

    private static Map<String, Object> at(String file, long offset, String reason) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("file", file);
        fields.put("offset", offset);
        fields.put("reason", reason);
        return fields;
    }
}
