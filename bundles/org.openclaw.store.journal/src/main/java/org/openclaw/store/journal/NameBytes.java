package org.openclaw.store.journal;

import java.nio.charset.StandardCharsets;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/**
 * A name as bytes: tenant, type and key in UTF-8 with a zero byte between them, which none of them holds. So the order of the
 * bytes is the order of the API, and cheaper to find.
 */
final class NameBytes {
    private NameBytes() {}

    static byte[] of(AgentName name) {
        return String.join(
                        "\0",
                        name.tenant().name(),
                        name.address().type(),
                        name.address().key())
                .getBytes(StandardCharsets.UTF_8);
    }

    static AgentName name(byte[] bytes) {
        var parts = new String(bytes, StandardCharsets.UTF_8).split("\0", 3);
        return new AgentName(new Tenant(parts[0]), new Address(parts[1], parts[2]));
    }
}
