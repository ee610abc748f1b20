package org.openclaw.store.journal;

import java.nio.ByteBuffer;

/**
 * How far the checkpoint store is.
 *
 * <p>A crash may leave a part of a checkpoint in the store. Doing it again makes it whole, with one care: what came and went
 * since then must be removed once more, as it may have arrived. So {@code begun} is marked before anything of a checkpoint is
 * written.
 *
 * @param begun something of the frames up to this number may be in the store
 * @param done everything of the frames up to this number is
 * @param highest for each kind the highest number that an entry of it had in those frames, as unsigned (see
 *     {@link Kinds#number})
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Progress(long begun, long done, long[] highest) {
    private static final int VERSION = 1;

    static Progress none() {
        return new Progress(0, 0, new long[Kinds.COUNT]);
    }

    Progress begin(long upTo) {
        return new Progress(upTo, done, highest);
    }

    /** Whether a crash has interrupted a checkpoint. */
    boolean interrupted() {
        return Long.compareUnsigned(begun, done) > 0;
    }

    /** u8 version, u64 begun, u64 done, u64 for each kind; big-endian. */
    byte[] bytes() {
        var bytes = ByteBuffer.allocate(1 + (2 + highest.length) * Long.BYTES)
                .put((byte) VERSION)
                .putLong(begun)
                .putLong(done);
        for (long each : highest) {
            bytes.putLong(each);
        }
        return bytes.array();
    }

    static Progress read(byte[] mark) throws org.openclaw.store.StoreException {
        var bytes = ByteBuffer.wrap(mark);
        int version = bytes.get();
        if (version > VERSION) {
            throw JournalFailure.newer("The mark of the checkpoint store", Integer.toString(version), VERSION);
        }
        long begun = bytes.getLong();
        long done = bytes.getLong();
        var highest = new long[Kinds.COUNT];
        for (int kind = 0; kind < highest.length && bytes.hasRemaining(); kind++) {
            highest[kind] = bytes.getLong();
        }
        return new Progress(begun, done, highest);
    }
}
