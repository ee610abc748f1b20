package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import org.openclaw.agent.DeadLetter;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/**
 * A message that was set aside: the value of an entry of the kind DEAD.
 *
 * <pre>
 *   u8 1 or 2; texts tenant, agent type, agent key; bytes the message as it waited (see {@link Envelope});
 *   in version 2 u32 how often it failed; u32 of these told (see {@link Failures}), the last of them says why
 * </pre>
 */
record DeadRecord(AgentName to, Envelope envelope, Failures attempts) {
    private static final int WITHOUT_OMITTED = 1;
    private static final int VERSION = 2;

    byte[] bytes() {
        var writer = Wire.writer(attempts.hasOmitted() ? VERSION : WITHOUT_OMITTED, 512 + envelope.size())
                .text(to.tenant().name())
                .text(to.address().type())
                .text(to.address().key())
                .bytes(envelope.bytes());
        attempts.write(writer);
        return writer.done();
    }

    static DeadRecord read(byte[] bytes) {
        var reader = new Wire.Reader(bytes, VERSION, "a dead letter");
        return new DeadRecord(
                new AgentName(new Tenant(reader.text()), new Address(reader.text(), reader.text())),
                Envelope.read(reader.bytes()),
                Failures.read(reader, reader.version() > WITHOUT_OMITTED));
    }

    Attempt last() {
        return attempts.last();
    }

    /** As seen from outside. */
    DeadLetter view(long agent, long number, boolean withBody) {
        var message = envelope.message();
        return new DeadLetter(
                new Ticket(agent, number, envelope.secret()).id(),
                to.address(),
                message.type(),
                message.source(),
                message.id(),
                envelope.accepted(),
                Micros.instant(last().at()),
                attempts.count(),
                attempts.told().stream()
                        .map(each -> new DeadLetter.Attempt(
                                Micros.instant(each.at()), each.version(), each.code(), each.cause()))
                        .toList(),
                message.body().size(),
                withBody ? Optional.of(message.body()) : Optional.empty());
    }
}
