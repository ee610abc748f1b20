package org.openclaw.agent.runtime.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.openclaw.message.Message;
import org.openclaw.store.AgentName;

/**
 * By what a message from outside is known again.
 *
 * @param hash the first 8 bytes of the SHA-256 of tenant, agent, {@code source} and {@code id}
 * @param digest the first 8 bytes of the SHA-256 of its type, media type and body
 */
record Identity(long hash, long digest) {
    static Identity of(AgentName to, Message message) {
        var hash = sha256();
        return new Identity(
                first(
                        hash,
                        to.tenant().name(),
                        to.address().type(),
                        to.address().key(),
                        message.source(),
                        message.id()),
                first(
                        hash,
                        message.type(),
                        message.body().mediaType(),
                        message.body().text()));
    }

    private static long first(MessageDigest hash, String... parts) {
        for (var part : parts) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            hash.update(bytes);
        }
        return ByteBuffer.wrap(hash.digest()).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
