package org.openclaw.deploy.trust;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A zip file of which there is only one reading.
 *
 * <p>Most attacks on signed jars live on two readers seeing two different zips in the same bytes. So the entries must tile
 * the file from its first byte, in the order of the central directory; the directory must follow them, and the end record
 * must follow it and be the last thing in the file. A local header must say what the directory says. What the format allows
 * but jars do not need (zip64, encryption, comments, symbolic links, most extra fields) is refused.
 *
 * <p>Nothing is inflated here; {@link EntryReader} does it.
 */
final class StrictZip {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int END_SIZE = 22;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIZE = 30;
    private static final int DESCRIPTOR_SIZE = 16;

    private static final int DESCRIPTOR_FOLLOWS = 1 << 3;
    private static final int UTF8 = 1 << 11;
    /** Bits 1 and 2 tell how hard the deflater tried. */
    private static final int HARMLESS = 0b110 | DESCRIPTOR_FOLLOWS | UTF8;

    /** The JDK's mark of a jar; times as Unix and NTFS keep them; the Unix owner. */
    private static final Set<Integer> HARMLESS_EXTRA = Set.of(0xCAFE, 0x5455, 0x000A, 0x7875);

    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final String CURE = "Build the jar again, or let 'claw sign' normalise it.";

    private final ByteBuffer bytes;
    private final ZipLimits limits;
    private final List<Entry> entries = new ArrayList<>();
    private final ZipNames names = new ZipNames();
    private long total;

    /**
     * One file or folder.
     *
     * @param name as stored, folders with a slash at the end
     * @param method {@link #STORED} or {@link #DEFLATED}
     * @param crc as declared, not yet compared
     * @param size inflated, as declared
     * @param compressedSize in the file
     * @param offset of its data in the file
     */
    record Entry(String name, int method, int crc, long size, int compressedSize, int offset) {
        boolean isFolder() {
            return name.endsWith("/");
        }
    }

    private StrictZip(ByteBuffer bytes, ZipLimits limits) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
    }

    /** Reads the structure of the remaining bytes, which must not change as long as the result is used. */
    static StrictZip parse(ByteBuffer bytes, ZipLimits limits) throws Rejected {
        var zip = new StrictZip(bytes, limits);
        zip.readEnd();
        return zip;
    }

    List<Entry> entries() {
        return entries;
    }

    /** The stored bytes of an entry. */
    ByteBuffer data(Entry entry) {
        return bytes.slice(entry.offset(), entry.compressedSize());
    }

    private void readEnd() throws Rejected {
        var end = bytes.limit() - END_SIZE;
        if (end < 0 || (bytes.getInt(0) != LOCAL && bytes.getInt(0) != END)) {
            throw bad("zip.none", "it does not begin with a zip entry", "a jar file, from its first byte on");
        }
        if (bytes.getInt(end) != END) {
            throw bad(
                    "zip.end",
                    "its last 22 bytes are no end record, so it is cut short or something is appended to it",
                    "the end record last, without a comment");
        }
        if (ushort(end + 20) != 0) {
            throw bad("zip.end", "the end record claims a comment", "no comment");
        }
        var count = ushort(end + 10);
        var size = uint(end + 12);
        var start = uint(end + 16);
        if (count == 0xFFFF || size == 0xFFFFFFFFL || start == 0xFFFFFFFFL) {
            throw bad("zip.zip64", "it uses zip64", "a plain zip");
        }
        if (ushort(end + 4) != 0 || ushort(end + 6) != 0 || ushort(end + 8) != count) {
            throw bad("zip.end", "it is one part of several", "one file");
        }
        if (count > limits.entries()) {
            throw bad("zip.limit", "it has " + count + " entries", "at most " + limits.entries());
        }
        if (start + size != end) {
            throw bad(
                    "zip.gap",
                    "the central directory (" + size + " bytes at " + start
                            + ") does not end where the end record begins (" + end + ")",
                    "nothing between them, nothing before the first entry");
        }
        readDirectory((int) start, end, count);
    }

    private void readDirectory(int start, int end, int count) throws Rejected {
        var at = start;
        var data = 0;
        for (var index = 0; index < count; index++) {
            if (at + CENTRAL_SIZE > end || bytes.getInt(at) != CENTRAL) {
                throw bad("zip.directory", "the central directory is damaged", count + " entries in it");
            }
            var nameLength = ushort(at + 28);
            var extraLength = ushort(at + 30);
            var next = at + CENTRAL_SIZE + nameLength + extraLength;
            if (next > end) {
                throw bad("zip.directory", "the central directory is damaged", "entries that end within it");
            }
            data = readEntry(at, nameLength, extraLength, data, start);
            at = next;
        }
        if (at != end) {
            throw bad("zip.directory", "the central directory holds more than its " + count + " entries", "no more");
        }
        if (data != start) {
            throw bad(
                    "zip.gap",
                    (start - data) + " bytes before the central directory belong to no entry",
                    "entries that fill the file");
        }
    }

    /** Reads one entry's directory record and local header; returns where the next entry must begin. */
    private int readEntry(int at, int nameLength, int extraLength, int expectedOffset, int limit) throws Rejected {
        var raw = new byte[nameLength];
        bytes.get(at + CENTRAL_SIZE, raw);
        var flags = ushort(at + 8);
        var name = ZipNames.decode(raw, (flags & UTF8) != 0);
        var shown = "entry " + ZipNames.shown(name);
        names.add(name);

        var method = ushort(at + 10);
        var crc = bytes.getInt(at + 16);
        var compressedSize = uint(at + 20);
        var size = uint(at + 24);
        var offset = uint(at + 42);
        checkFeatures(at, shown, flags, method, compressedSize, size, offset);
        checkFileType(at, name, shown);
        checkExtra(at + CENTRAL_SIZE + nameLength, extraLength, shown);
        checkSizes(name, shown, flags, method, size, compressedSize);

        if (offset != expectedOffset) {
            throw bad(
                    "zip.gap",
                    shown + " begins at " + offset + " and not where the entry before it ends (" + expectedOffset + ")",
                    "entries that fill the file, without gaps, overlaps or hidden ones, in the directory's order");
        }
        var dataOffset = checkLocalHeader((int) offset, at, raw, shown, limit);
        var end = dataOffset + compressedSize;
        if ((flags & DESCRIPTOR_FOLLOWS) != 0) {
            checkDescriptor(end, crc, compressedSize, size, shown, limit);
            end += DESCRIPTOR_SIZE;
        }
        if (end > limit) {
            throw bad("zip.gap", shown + " reaches into the central directory", "entries before the directory");
        }
        entries.add(new Entry(name, method, crc, size, (int) compressedSize, dataOffset));
        return (int) end;
    }

    private void checkFeatures(int at, String shown, int flags, int method, long compressedSize, long size, long offset)
            throws Rejected {
        if ((flags & 1) != 0) {
            throw bad("zip.encrypted", shown + " is encrypted", "plain entries");
        }
        if ((flags & ~HARMLESS) != 0) {
            throw bad("zip.feature", shown + " has the flags 0x" + Integer.toHexString(flags), "plain entries");
        }
        if (method != STORED && method != DEFLATED) {
            throw bad("zip.feature", shown + " is compressed by method " + method, "stored or deflated");
        }
        if (compressedSize == 0xFFFFFFFFL || size == 0xFFFFFFFFL || offset == 0xFFFFFFFFL) {
            throw bad("zip.zip64", shown + " uses zip64", "a plain zip");
        }
        if (ushort(at + 6) > 20) {
            throw bad("zip.feature", shown + " needs version " + ushort(at + 6) + " of the format", "at most 20");
        }
        if (ushort(at + 32) != 0) {
            throw bad("zip.comment", shown + " has a comment", "no comments");
        }
        if (ushort(at + 34) != 0) {
            throw bad("zip.feature", shown + " lies on another disk", "one file");
        }
    }

    private void checkFileType(int at, String name, String shown) throws Rejected {
        var type = (bytes.getInt(at + 38) >>> 28) & 0xF;
        var folder = name.endsWith("/");
        if (type != 0 && type != (folder ? 0x4 : 0x8)) {
            throw bad(
                    "zip.link",
                    shown + " is marked as a link, a device or " + (folder ? "a file" : "a folder"),
                    "plain files and folders");
        }
        if (!folder && (bytes.getInt(at + 38) & 0x10) != 0) {
            throw bad("zip.link", shown + " is marked as a folder", "a name ending in '/' for folders");
        }
    }

    private void checkExtra(int start, int length, String shown) throws Rejected {
        var end = start + length;
        for (var at = start; at < end; ) {
            if (at + 4 > end || at + 4 + ushort(at + 2) > end) {
                throw bad("zip.extra", shown + " has a damaged extra field", "well-formed extra fields");
            }
            if (ushort(at) == 0x0001) {
                throw bad("zip.zip64", shown + " uses zip64", "a plain zip");
            }
            if (!HARMLESS_EXTRA.contains(ushort(at))) {
                throw bad(
                        "zip.extra",
                        shown + " has the extra field 0x" + Integer.toHexString(ushort(at)),
                        "times and owners only");
            }
            at += 4 + ushort(at + 2);
        }
    }

    private void checkSizes(String name, String shown, int flags, int method, long size, long compressedSize)
            throws Rejected {
        if (method == STORED && (flags & DESCRIPTOR_FOLLOWS) != 0) {
            throw bad("zip.feature", shown + " is stored and its size comes after it", "a size before the data");
        }
        if (method == STORED && size != compressedSize) {
            throw bad("zip.size", shown + " is stored, yet its two sizes differ", "equal sizes");
        }
        if (name.endsWith("/") && size != 0) {
            throw bad("zip.size", "folder " + shown + " has content", "empty folders");
        }
        if (compressedSize > bytes.limit()) {
            throw bad("zip.size", shown + " claims to be larger than the file", "true sizes");
        }
        total += size;
        if (size > limits.entrySize() || total > limits.totalSize()) {
            throw bad(
                    "zip.limit",
                    shown + " makes it too large: " + size + " bytes, " + total + " in all so far",
                    "at most " + limits.entrySize() + " bytes an entry and " + limits.totalSize() + " in all");
        }
        if (limits.isBomb(size, compressedSize)) {
            throw bad(
                    "zip.bomb",
                    shown + " inflates from " + compressedSize + " to " + size + " bytes",
                    "at most " + limits.ratio() + " times");
        }
    }

    /** Compares the local header with the directory's record; returns where the data begin. */
    private int checkLocalHeader(int offset, int at, byte[] raw, String shown, int limit) throws Rejected {
        if (offset + LOCAL_SIZE + raw.length > limit || bytes.getInt(offset) != LOCAL) {
            throw bad("zip.local", shown + " has no local header", "a header where the directory points");
        }
        var flags = ushort(at + 8);
        var sameName = ushort(offset + 26) == raw.length
                && bytes.slice(offset + LOCAL_SIZE, raw.length).equals(ByteBuffer.wrap(raw));
        if (!sameName || ushort(offset + 6) != flags || ushort(offset + 8) != ushort(at + 10)) {
            throw unlike(shown, "name, flags or method");
        }
        if (ushort(offset + 4) > 20) {
            throw unlike(shown, "version");
        }
        var same = bytes.slice(offset + 14, 12).equals(bytes.slice(at + 16, 12));
        var postponed =
                (flags & DESCRIPTOR_FOLLOWS) != 0 && bytes.getInt(offset + 14) == 0 && bytes.getLong(offset + 18) == 0;
        if (!same && !postponed) {
            throw unlike(shown, "CRC or sizes");
        }
        var extraLength = ushort(offset + 28);
        var data = offset + LOCAL_SIZE + raw.length + extraLength;
        if (data > limit) {
            throw bad("zip.local", shown + " has a damaged local header", "a header within the file");
        }
        checkExtra(offset + LOCAL_SIZE + raw.length, extraLength, shown);
        return data;
    }

    private void checkDescriptor(long at, int crc, long compressedSize, long size, String shown, int limit)
            throws Rejected {
        if (at + DESCRIPTOR_SIZE > limit
                || bytes.getInt((int) at) != DESCRIPTOR
                || bytes.getInt((int) at + 4) != crc
                || uint((int) at + 8) != compressedSize
                || uint((int) at + 12) != size) {
            throw unlike(shown, "data descriptor");
        }
    }

    private int ushort(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private long uint(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private static Rejected unlike(String shown, String what) {
        return bad(
                "zip.local",
                shown + " has two headers that do not agree on its " + what,
                "a local header that says what the central directory says");
    }

    private static Rejected bad(String code, String reason, String expected) {
        return new Rejected(code, reason, expected, CURE);
    }
}
