package org.openclaw.store.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.openclaw.store.StoreException;

/**
 * The first 64 bytes of a segment.
 *
 * <pre>
 *   0  u64  "CLAWJRNL"
 *   8  u32  version of the format
 *  12  u32  CRC-32C over bytes 8 to 11 and 16 to 39
 *  16  u64  number of the segment, as in its file name
 *  24  u64  number of its first frame
 *  32  u64  salt of its frames
 *  40       zeros
 * </pre>
 *
 * @param segment one more than that of the segment before it; never used again
 * @param first the number of its first frame
 * @param salt mixed into the checksums of every frame
 */
record SegmentHeader(long segment, long first, long salt) {
    static final int SIZE = 64;
    static final int VERSION = 1;

    private static final long MAGIC = 0x434c41574a524e4cL;

    ByteBuffer bytes() {
        var bytes = ByteBuffer.allocate(SIZE)
                .putLong(0, MAGIC)
                .putInt(8, VERSION)
                .putLong(16, segment)
                .putLong(24, first)
                .putLong(32, salt);
        return bytes.putInt(12, checksum(bytes));
    }

    /**
     * Reads a header.
     *
     * @return empty when these bytes are none
     * @throws StoreException when they are one of a newer version
     */
    static Optional<SegmentHeader> read(ByteBuffer bytes, String file) throws StoreException {
        if (bytes.getLong(0) != MAGIC || bytes.getInt(12) != checksum(bytes)) {
            return Optional.empty();
        }
        int version = bytes.getInt(8);
        if (version > VERSION) {
            throw JournalFailure.newer(file, Integer.toString(version), VERSION);
        }
        return Optional.of(new SegmentHeader(bytes.getLong(16), bytes.getLong(24), bytes.getLong(32)));
    }

    private static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.slice(8, 4));
        crc.update(bytes.slice(16, 24));
        return (int) crc.getValue();
    }
}
