package org.openclaw.store.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of one frame in a segment: the unit that is written, forced and checked as a whole.
 *
 * <pre>
 *   0  u32  length of the payload, 1 or more
 *   4  u32  CRC-32C over the salt of the segment (u64), the length (u32) and the number (u64)
 *   8  u64  number: one more than that of the frame before it, across segments
 *  16  u32  CRC-32C over the salt (u64), the number (u64) and the payload
 *  20  u32  0
 *  24       payload, then anything up to a multiple of 8
 * </pre>
 *
 * Integers are big-endian. The salt is drawn anew whenever a file becomes a segment. So neither what an earlier segment left
 * in a recycled file, nor bytes that look like a frame inside somebody's message, can ever pass for a frame; and because the
 * header has a checksum of its own, whoever looks for frames in such a place needs no more than the header.
 */
final class Frame {
    static final int HEADER = 24;
    static final int ALIGNMENT = 8;

    private static final int NUMBER = 8;
    private static final int PAYLOAD_SUM = 16;

    private Frame() {}

    /** How many bytes a frame with such a payload takes. */
    static long size(long payload) {
        return HEADER + (payload + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Writes the header in front of a payload that lies in the buffer from {@link #HEADER} to its limit already. */
    static void seal(ByteBuffer frame, long salt, long number) {
        int length = frame.limit() - HEADER;
        frame.putInt(0, length)
                .putInt(4, headerSum(salt, length, number))
                .putLong(NUMBER, number)
                .putInt(PAYLOAD_SUM, payloadSum(salt, number, frame.duplicate().position(HEADER)))
                .putInt(20, 0);
    }

    /** The length of the payload, when the header of a frame lies at this place of the buffer; 0 when none does. */
    static int length(ByteBuffer header, int at, long salt) {
        int length = header.getInt(at);
        boolean whole = length > 0 && header.getInt(at + 4) == headerSum(salt, length, header.getLong(at + NUMBER));
        return whole ? length : 0;
    }

    static long number(ByteBuffer header, int at) {
        return header.getLong(at + NUMBER);
    }

    /** Whether a payload, from the buffer's position to its limit, is the one that the header was written with. */
    static boolean matches(ByteBuffer header, int at, long salt, ByteBuffer payload) {
        return header.getInt(at + PAYLOAD_SUM) == payloadSum(salt, number(header, at), payload.duplicate());
    }

    private static int headerSum(long salt, int length, long number) {
        return sum(ByteBuffer.allocate(20).putLong(salt).putInt(length).putLong(number), ByteBuffer.allocate(0));
    }

    private static int payloadSum(long salt, long number, ByteBuffer payload) {
        return sum(ByteBuffer.allocate(16).putLong(salt).putLong(number), payload);
    }

    private static int sum(ByteBuffer start, ByteBuffer rest) {
        var crc = new CRC32C();
        crc.update(start.flip());
        crc.update(rest);
        return (int) crc.getValue();
    }
}
