package org.openclaw.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;

/** Where things are in the HTTP API. */
final class ApiPath {
    private ApiPath() {}

    /** Slashes of a key are written plainly. */
    static String agent(Address agent) {
        return "/v1/agents/" + agent.type() + "/" + encoded(agent.key()).replace("%2F", "/");
    }

    static String message(ReceiptId receipt) {
        return "/v1/messages/" + encoded(receipt.value());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
