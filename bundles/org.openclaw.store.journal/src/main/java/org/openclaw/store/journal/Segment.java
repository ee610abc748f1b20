package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One file of the journal, while frames lie in it. Written by one thread; read by any that has {@linkplain #enter entered} it.
 */
final class Segment {
    /** How far behind a broken frame its successors are looked for at a time. */
    private static final int WINDOW = 1 << 20;

    private final SegmentHeader header;
    private final String name;
    private final Disk.File file;
    private final long size;
    private long end = SegmentHeader.SIZE;
    private long last;
    /** The journal itself, until it lets go, and whoever reads. */
    private final AtomicInteger users = new AtomicInteger(1);

    Segment(SegmentHeader header, String name, Disk.File file) throws IOException {
        this.header = header;
        this.name = name;
        this.file = file;
        this.size = file.size();
        this.last = header.first() - 1;
    }

    SegmentHeader header() {
        return header;
    }

    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /** Where the next frame goes. */
    long end() {
        return end;
    }

    /** The number of its last frame; one less than that of its first when there is none. */
    long last() {
        return last;
    }

    boolean hasRoomFor(long payload) {
        return end + Frame.size(payload) <= size;
    }

    /** Writes a frame and forces it; the position of its payload in the file. */
    long append(ByteBuffer frame, long number) throws IOException {
        long at = end;
        int payload = frame.limit() - Frame.HEADER;
        file.write(at, frame);
        file.force();
        end = at + Frame.size(payload);
        last = number;
        return at + Frame.HEADER;
    }

    void read(long position, ByteBuffer into) throws IOException {
        file.read(position, into);
    }

    void close() throws IOException {
        file.close();
    }

    /**
     * Reads its frames from the first on, up to the first that is none.
     *
     * @param from frames before this number are passed over without being handed out
     */
    void replay(long from, Journal.Replay replay) throws IOException {
        var start = ByteBuffer.allocate(Frame.HEADER);
        var payloads = ByteBuffer.allocateDirect(1 << 16);
        while (end + Frame.HEADER <= size) {
            file.read(end, start.clear());
            int length = Frame.length(start, 0, header.salt());
            if (length == 0 || length > size - end - Frame.HEADER || Frame.number(start, 0) != last + 1) {
                return;
            }
            if (length > payloads.capacity()) {
                payloads = ByteBuffer.allocateDirect(Math.max(length, 2 * payloads.capacity()));
            }
            var payload = payloads.clear().limit(length);
            file.read(end + Frame.HEADER, payload);
            if (!Frame.matches(start, 0, header.salt(), payload.flip())) {
                return;
            }
            long at = end + Frame.HEADER;
            end += Frame.size(length);
            last++;
            if (last >= from) {
                replay.frame(last, Place.of(header.segment(), at), payload);
            }
        }
    }

    /**
     * Looks behind the end for a frame of this segment with a higher number: where there is one, the frame at the end is no
     * torn tail but damage, because each frame is forced before the next one is written.
     *
     * @return where the first such frame begins
     */
    OptionalLong laterFrame() throws IOException {
        var window = ByteBuffer.allocate(WINDOW + Frame.HEADER);
        for (long base = end; base + Frame.HEADER <= size; base += WINDOW) {
            window.clear().limit((int) Math.min(window.capacity(), size - base));
            file.read(base, window);
            int most = Math.min(WINDOW, window.limit() - Frame.HEADER + 1);
            for (int at = 0; at < most; at += Frame.ALIGNMENT) {
                if (isLaterFrame(window, at)) {
                    return OptionalLong.of(base + at);
                }
            }
        }
        return OptionalLong.empty();
    }

    private boolean isLaterFrame(ByteBuffer window, int at) {
        // no more frames fit behind the end than there are steps of the alignment
        long further = Frame.number(window, at) - last;
        return further > 1 && further <= size / Frame.ALIGNMENT && Frame.length(window, at, header.salt()) != 0;
    }

    /** Begins to read; false when it has been let go of: what lay here is in the checkpoint by then. */
    boolean enter() {
        for (int now = users.get(); now > 0; now = users.get()) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Ends what {@link #enter} began; or the journal lets go of it. */
    void leave() {
        users.decrementAndGet();
    }

    /** Whether nobody reads it any more, nor ever will. */
    boolean isFree() {
        return users.get() == 0;
    }
}
