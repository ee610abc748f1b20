package org.openclaw.agent.runtime.engine;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Message;
import org.openclaw.message.Publication;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * A message that was published: the value of an entry of the kind TOPIC, however many get it.
 *
 * <pre>
 *   u8 1; u64 accepted at, microseconds since 1970; u8 whether it came from outside: u64, u64 identity and digest (see {@link
 *   Identity}); the message, its attributes, how it is delivered
 * </pre>
 *
 * @param acceptedAt microseconds since 1970; of two in a topic the later is not less
 * @param identity by which a duplicate is known; null of one that an agent has published
 */
record PublicationRecord(long acceptedAt, @Nullable Identity identity, Message message) {
    private static final int VERSION = 1;
    /** Beside its texts and its body. */
    private static final int OVERHEAD = 32 + 2 * Long.BYTES + Wire.DELIVERY;

    static Key key(long topic, long sequence) {
        return new Key(Kind.TOPIC, topic, sequence);
    }

    byte[] bytes() {
        var known = identity;
        var writer = Wire.writer(VERSION, OVERHEAD + Wire.size(message) + Wire.size(message.attributes()))
                .u64(acceptedAt)
                .u8(known == null ? 0 : 1);
        if (known != null) {
            writer.u64(known.hash()).u64(known.digest());
        }
        return writer.message(message)
                .attributes(message.attributes())
                .delivery(message.delivery())
                .done();
    }

    /** Writes into the bytes of one when it was accepted in truth. */
    static void stamp(byte[] bytes, long acceptedAt) {
        ByteBuffer.wrap(bytes).putLong(1, acceptedAt);
    }

    /** When one was accepted, by its bytes. */
    static long acceptedAt(byte[] bytes) {
        return reader(bytes).u64();
    }

    private static Wire.Reader reader(byte[] bytes) {
        return new Wire.Reader(bytes, VERSION, "a publication");
    }

    static PublicationRecord read(byte[] bytes) {
        var reader = reader(bytes);
        return new PublicationRecord(
                reader.u64(),
                reader.u8() == 0 ? null : new Identity(reader.u64(), reader.u64()),
                reader.message().with(reader.attributes()).with(reader.delivery()));
    }

    Publication view(long sequence) {
        return new Publication(sequence, Micros.instant(acceptedAt), message);
    }
}
