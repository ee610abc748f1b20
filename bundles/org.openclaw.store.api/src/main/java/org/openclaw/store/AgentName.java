package org.openclaw.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

/**
 * An agent's address within its tenant, in the order in which a store lists them: by tenant, type and key, each byte by byte
 * in UTF-8.
 */
public record AgentName(Tenant tenant, Address address) implements Comparable<AgentName> {
    private static final Comparator<String> BYTES =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
    private static final Comparator<AgentName> ORDER = Comparator.comparing(
                    (AgentName name) -> name.tenant().name(), BYTES)
            .thenComparing(name -> name.address().type(), BYTES)
            .thenComparing(name -> name.address().key(), BYTES);

    @Override
    public int compareTo(AgentName other) {
        return ORDER.compare(this, other);
    }
}
