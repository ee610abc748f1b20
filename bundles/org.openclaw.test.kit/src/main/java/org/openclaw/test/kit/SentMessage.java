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
                throw new AssertionError("the " + message.type() + " to " + to + " is not a " + type.getSimpleName()
                        + ": " + unfit.violations().getFirst());
        };
    }
}
