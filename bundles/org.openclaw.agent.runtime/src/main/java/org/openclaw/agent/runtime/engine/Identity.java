package org.openclaw.agent.runtime.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.store.AgentName;

/**
 * By what a message from outside is known again.
 *
 * @param hash the first 8 bytes of the SHA-256 of tenant, agent, {@code source} and {@code id}
 * @param digest the first 8 bytes of the SHA-256 of its type, media type and body
 */
record Identity(long hash, long digest) {
    private static final MessageDigest SHA_256 = sha256();

    static Identity of(AgentName to, Message message) {
        return new Identity(
                first(new Wire.Writer(128)
                        .text(to.tenant().name())
                        .text(to.address().type())
                        .text(to.address().key())
                        .text(message.source())
                        .text(message.id())),
                content(message));
    }

    private static long content(Message message) {
        var body = message.body();
        return first(new Wire.Writer(128 + body.size())
                .text(message.type())
                .text(body.mediaType())
                .raw(body));
    }

    /** By what a message is known again that was published from outside. */
    static Identity of(Tenant tenant, Topic topic, Message message) {
        return new Identity(
                first(new Wire.Writer(128)
                        .text("topic")
                        .text(tenant.name())
                        .text(topic.name())
                        .text(message.source())
                        .text(message.id())),
                content(message));
    }

    /** By what the steps of a message are known outside, the same as long as there is the message: 32 hexadecimal digits. */
    static String key(long agent, Envelope envelope) {
        var digest = sha256(new Wire.Writer(128)
                .u64(agent)
                .u64(envelope.secret())
                .u64(envelope.acceptedAt())
                .text(envelope.message().source())
                .text(envelope.message().id()));
        return HexFormat.of().formatHex(digest, 0, 16);
    }

    /** What only those know of a signal who were given its id. */
    static long signal(long agent, Envelope envelope, int ordinal) {
        return first(new Wire.Writer(128)
                .text("signal")
                .u64(agent)
                .u64(envelope.secret())
                .u64(envelope.acceptedAt())
                .u32(ordinal));
    }

    /** Of a body: the first 8 bytes of its SHA-256. */
    static long digest(Body body) {
        return first(new Wire.Writer(Integer.BYTES + body.size()).raw(body));
    }

    /** Of a message: the first 8 bytes of the SHA-256 of its type and body. */
    static long digest(String type, Body body) {
        return first(new Wire.Writer(128 + body.size()).text(type).raw(body));
    }

    /** Each text, and the body, behind its length. */
    private static long first(Wire.Writer parts) {
        return ByteBuffer.wrap(sha256(parts)).getLong();
    }

    private static byte[] sha256(Wire.Writer parts) {
        try {
            var hash = (MessageDigest) SHA_256.clone(); // to look it up takes longer than to use it
            parts.digest(hash);
            return hash.digest();
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException("the SHA-256 of the JDK can be cloned", missing);
        }
    }

    /** A SHA-256 that has been given nothing. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
