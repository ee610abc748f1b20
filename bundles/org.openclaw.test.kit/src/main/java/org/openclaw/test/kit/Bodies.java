package org.openclaw.test.kit;

import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.message.Message;

/** Reads the bodies of messages for a test. */
final class Bodies {
    private Bodies() {}

    /** @throws AssertionError when it does not fit */
    static <T> T as(Message message, String where, Class<T> type) {
        return switch (new JsonCodec().decode(message.body(), type)) {
            case Decoded.Fit fit -> type.cast(fit.value());
            case Decoded.Unfit unfit ->
                throw new AssertionError("the %s %s does not fit %s: %s. It is %s"
                        .formatted(
                                message.type(),
                                where,
                                type.getSimpleName(),
                                unfit.violations().getFirst(),
                                message.body().text()));
        };
    }
}
