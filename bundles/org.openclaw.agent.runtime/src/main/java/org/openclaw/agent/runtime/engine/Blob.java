package org.openclaw.agent.runtime.engine;

import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * A result of a step that is too large for its record: what the record has of it, which is where its parts lie.
 *
 * <p>Its entries are of the kind STEP, under a number of their own that no message has; the second number is beyond all ordinals:
 *
 * <pre>
 *   1 &lt;&lt; 32             whose it is: u8 1; u64 message, u32 ordinal
 *   (2 &lt;&lt; 32) + index   a part: u8 1; bytes
 * </pre>
 *
 * @param number of its entries
 * @param parts how many there are
 * @param size in bytes, of all parts together
 * @param digest the SHA-256 of all parts one behind the other, as hexadecimal digits
 */
record Blob(long number, int parts, int size, String digest) {
    private static final int VERSION = 1;
    private static final long OWNER = 1L << 32;
    private static final long PART = 2L << 32;

    /** The step whose result it is. */
    record Owner(long message, int ordinal) {
        byte[] bytes() {
            return Wire.writer(VERSION, Long.BYTES + Integer.BYTES)
                    .u64(message)
                    .u32(ordinal)
                    .done();
        }

        static Owner read(byte[] bytes) {
            var reader = new Wire.Reader(bytes, VERSION, "the owner of a large result");
            return new Owner(reader.u64(), reader.u32());
        }
    }

    /** Whether it is an entry of a blob, and not the record of a step. */
    static boolean isKey(Key key) {
        return key.second() >= OWNER;
    }

    static Key owner(long number) {
        return new Key(Kind.STEP, number, OWNER);
    }

    static Key part(long number, int index) {
        return new Key(Kind.STEP, number, PART + index);
    }

    /** How many parts there are at least, as there is an entry of this key. */
    static int parts(Key key) {
        return key.second() >= PART ? (int) (key.second() - PART) + 1 : 0;
    }

    /** A part as an entry. */
    static byte[] entry(byte[] part) {
        return Wire.writer(VERSION, Integer.BYTES + part.length).bytes(part).done();
    }

    /** An entry as a part. */
    static byte[] readPart(byte[] entry) {
        return new Wire.Reader(entry, VERSION, "a part of a large result").bytes();
    }
}
