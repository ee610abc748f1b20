package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/**
 * What became of a message: the value of an entry of the kind OUTCOME.
 *
 * <pre>
 *   u8 1, or 2 of one that expired; u64 secret; u64 accepted at; u64 ended at (microseconds since 1970); u64, u64 identity and digest (see {@link Identity});
 *   texts tenant, agent type, agent key, type of the message; then
 *   u8 0 done: text version, u8 has a reply, the reply
 *   u8 1 dead: texts code, cause
 *   u8 2 cancelled
 *   u8 3 driven again: u64 number under which it waits or ended
 *   u8 4 expired: u64 since when, microseconds since 1970
 * </pre>
 *
 * @param secret the random half of its receipt
 * @param acceptedAt microseconds since 1970
 * @param endedAt microseconds since 1970
 * @param identity by which a duplicate is known
 * @param to the agent
 * @param type the CloudEvents type of the message
 */
record Outcome(long secret, long acceptedAt, long endedAt, Identity identity, AgentName to, String type, How how) {
    private static final int VERSION = 2;
    private static final int WITHOUT_EXPIRY = 1;

    /** How it ended. */
    sealed interface How {
        record Done(String version, Optional<Message> reply) implements How {}

        record Dead(String code, String cause) implements How {}

        record Cancelled() implements How {}

        record Expired(Instant expires) implements How {}

        /** It was a dead letter, and was put into the inbox again, under another number. */
        record Redriven(long number) implements How {}
    }

    byte[] bytes() {
        var writer = Wire.writer(
                        how instanceof How.Expired ? VERSION : WITHOUT_EXPIRY,
                        256 + (how instanceof How.Done(var _, var reply) ? size(reply) : 0))
                .u64(secret)
                .u64(acceptedAt)
                .u64(endedAt)
                .u64(identity.hash())
                .u64(identity.digest())
                .text(to.tenant().name())
                .text(to.address().type())
                .text(to.address().key())
                .text(type);
        switch (how) {
            case How.Done(var version, var reply) -> {
                writer.u8(0).text(version).u8(reply.isPresent() ? 1 : 0);
                reply.ifPresent(writer::message);
            }
            case How.Dead(var code, var cause) -> writer.u8(1).text(code).text(cause);
            case How.Cancelled() -> writer.u8(2);
            case How.Redriven(long number) -> writer.u8(3).u64(number);
            case How.Expired(var expires) -> writer.u8(4).u64(Micros.of(expires));
        }
        return writer.done();
    }

    private static int size(Optional<Message> reply) {
        return reply.map(message -> message.body().size()).orElse(0);
    }

    static Outcome read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "the outcome of a message");
        return new Outcome(
                reader.u64(),
                reader.u64(),
                reader.u64(),
                new Identity(reader.u64(), reader.u64()),
                new AgentName(new Tenant(reader.text()), new Address(reader.text(), reader.text())),
                reader.text(),
                how(reader));
    }

    private static How how(Wire.Reader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case 0 -> new How.Done(reader.text(), reader.u8() == 0 ? Optional.empty() : Optional.of(reader.message()));
            case 1 -> new How.Dead(reader.text(), reader.text());
            case 2 -> new How.Cancelled();
            case 3 -> new How.Redriven(reader.u64());
            case 4 -> new How.Expired(Micros.instant(reader.u64()));
            default -> throw new IllegalStateException("outcome of kind " + kind + " (expected: 0 to 4)");
        };
    }

    /** As a status; of one that was driven again, that it waits. */
    MessageStatus status() {
        var at = Micros.instant(endedAt);
        return switch (how) {
            case How.Done(var version, var reply) -> new MessageStatus.Done(at, version, reply);
            case How.Dead(var code, var cause) -> new MessageStatus.Dead(at, code, cause);
            case How.Cancelled() -> new MessageStatus.Cancelled(at);
            case How.Expired(var expires) -> new MessageStatus.Expired(at, expires);
            case How.Redriven _ -> new MessageStatus.Waiting(Optional.empty());
        };
    }
}
