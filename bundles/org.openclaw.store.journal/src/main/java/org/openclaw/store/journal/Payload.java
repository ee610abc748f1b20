package org.openclaw.store.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.StoreException;

/**
 * The form of a commit: the payload of one frame, one change behind the other. Integers are big-endian.
 *
 * <pre>
 *   put     u8 1, u8 code of the kind, u64 first, u64 second, u32 length, value
 *   remove  u8 2, u8 code of the kind, u64 first, u64 second
 *   name    u8 3, u16 length, name, u64 agent
 *   unname  u8 4, u16 length, name
 * </pre>
 *
 * A name is its tenant, type and key in UTF-8 with a zero byte between them (see {@link NameBytes}).
 */
final class Payload {
    private static final byte PUT = 1;
    private static final byte REMOVE = 2;
    private static final byte NAME = 3;
    private static final byte UNNAME = 4;
    private static final int KEY = 2 + 2 * Long.BYTES;

    private Payload() {}

    /** Takes the changes of a commit, in their order. Kinds are told by their codes. */
    interface Sink {
        /** The value is at this offset of the payload. */
        void put(int kind, long first, long second, int offset, int length);

        void remove(int kind, long first, long second);

        void name(byte[] name, long agent);

        void unname(byte[] name);
    }

    /** How many bytes the changes take. */
    static long size(List<Change> changes) {
        long size = 0;
        for (var change : changes) {
            size += switch (change) {
                case Change.Put put -> KEY + Integer.BYTES + put.value().length;
                case Change.Remove _ -> KEY;
                case Change.Name name -> size(name.name()) + Long.BYTES;
                case Change.Unname unname -> size(unname.name());
            };
        }
        return size;
    }

    private static long size(AgentName name) {
        return 1L + Short.BYTES + NameBytes.of(name).length;
    }

    static void write(List<Change> changes, ByteBuffer into) {
        for (var change : changes) {
            switch (change) {
                case Change.Put(var key, var value) -> {
                    write(PUT, key, into);
                    into.putInt(value.length).put(value);
                }
                case Change.Remove(var key) -> write(REMOVE, key, into);
                case Change.Name(var name, var agent) -> {
                    write(NAME, name, into);
                    into.putLong(agent);
                }
                case Change.Unname(var name) -> write(UNNAME, name, into);
            }
        }
    }

    private static void write(byte operation, Key key, ByteBuffer into) {
        into.put(operation).put((byte) key.kind().code()).putLong(key.first()).putLong(key.second());
    }

    private static void write(byte operation, AgentName name, ByteBuffer into) {
        var bytes = NameBytes.of(name);
        into.put(operation).putShort((short) bytes.length).put(bytes);
    }

    /**
     * Reads the payload of a frame, from the buffer's position to its limit.
     *
     * @throws StoreException when it is none of ours, although its checksum is right
     */
    static void read(ByteBuffer payload, Sink sink) throws StoreException {
        int start = payload.position();
        try {
            while (payload.hasRemaining()) {
                byte operation = payload.get();
                switch (operation) {
                    case PUT -> {
                        int kind = kind(payload);
                        long first = payload.getLong();
                        long second = payload.getLong();
                        int length = payload.getInt();
                        int offset = payload.position() - start;
                        payload.position(payload.position() + length);
                        sink.put(kind, first, second, offset, length);
                    }
                    case REMOVE -> sink.remove(kind(payload), payload.getLong(), payload.getLong());
                    case NAME -> {
                        var name = name(payload);
                        sink.name(name, payload.getLong());
                    }
                    case UNNAME -> sink.unname(name(payload));
                    default -> throw JournalFailure.unknown(operation, payload.position() - start - 1);
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            throw JournalFailure.malformed(payload.position() - start, String.valueOf(malformed.getMessage()));
        }
    }

    private static int kind(ByteBuffer payload) {
        return Kinds.require(payload.get());
    }

    private static byte[] name(ByteBuffer payload) {
        var bytes = new byte[Short.toUnsignedInt(payload.getShort())];
        payload.get(bytes);
        return bytes;
    }
}
