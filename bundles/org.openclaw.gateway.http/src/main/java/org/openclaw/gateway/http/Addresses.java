package org.openclaw.gateway.http;

import org.openclaw.message.Address;

/** Reads addresses out of requests. */
final class Addresses {
    private Addresses() {}

    /** The address of the path: type and key apart, since an escaped slash in the type must not move the border. */
    static Address of(Call call) throws Rejection {
        try {
            return Address.of(call.variable("type"), call.variable("key"));
        } catch (IllegalArgumentException bad) {
            throw Problem.of(400, "address.invalid", "The address is refused: " + bad.getMessage())
                    .rejection();
        }
    }
}
