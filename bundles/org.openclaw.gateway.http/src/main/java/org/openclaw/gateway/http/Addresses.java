package org.openclaw.gateway.http;

import org.openclaw.message.Address;

/** Reads addresses out of requests. */
final class Addresses {
    private Addresses() {}

    static Address of(Call call) throws Rejection {
        return of(call.variable("type") + "/" + call.variable("key"));
    }

    static Address of(String text) throws Rejection {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException bad) {
            throw Problem.of(400, "address.invalid", "The address is refused: " + bad.getMessage())
                    .rejection();
        }
    }
}
