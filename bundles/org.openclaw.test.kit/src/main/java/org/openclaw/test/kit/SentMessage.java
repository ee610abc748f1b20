package org.openclaw.test.kit;

import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.message.Address;
import org.openclaw.message.Message;

/**
 * A message to an agent type that is not in the kit.
 *
 * @param to the receiver
 * @param message the message, with its type and its body as JSON
 */
public record SentMessage(Address to, Message message) {
    /** Its CloudEvents type. */
    public String type() {
        return message.type();
    }

    /**
     * Its body as a record.
     *
     * @throws AssertionError when the body does not fit
     */
    public <T> T as(Class<T> type) {
        return switch (new JsonCodec().decode(message.body(), type)) {
            case Decoded.Fit fit -> type.cast(fit.value());
            case Decoded.Unfit unfit ->
                throw new AssertionError("the %s to %s does not fit %s: %s. It is %s"
                        .formatted(
                                message.type(),
                                to,
                                type.getSimpleName(),
                                unfit.violations().getFirst(),
                                message.body().text()));
        };
    }
}
