package org.openclaw.store.rocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * The form of keys: the two numbers of a {@link Key}, big-endian, in the column family of its kind; of a name tenant, type and
 * key, with a zero byte between them, which none of them holds. So RocksDB's order of bytes is the order of the API.
 */
final class RocksKeys {
    private static final int SIZE = 2 * Long.BYTES;

    private RocksKeys() {}

    static byte[] bytes(Key key) {
        return ByteBuffer.allocate(SIZE)
                .putLong(key.first())
                .putLong(key.second())
                .array();
    }

    static Key key(Kind kind, byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new Key(kind, buffer.getLong(), buffer.getLong());
    }

    static byte[] bytes(AgentName name) {
        return String.join(
                        "\0",
                        name.tenant().name(),
                        name.address().type(),
                        name.address().key())
                .getBytes(StandardCharsets.UTF_8);
    }

    static AgentName name(byte[] bytes) {
        var parts = new String(bytes, StandardCharsets.UTF_8).split("\0", 3);
        return new AgentName(new Tenant(parts[0]), new Address(parts[1], parts[2]));
    }

    static byte[] bytes(long agent) {
        return ByteBuffer.allocate(Long.BYTES).putLong(agent).array();
    }

    static long agent(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }
}
