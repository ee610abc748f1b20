package org.openclaw.agent.runtime.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.openclaw.message.Address;
import org.openclaw.message.MessageType;
import org.openclaw.message.Tenant;

/** The CloudEvents names of what agents send. */
public final class MessageNames {
    private static final int MAX_SOURCE = 512;

    private MessageNames() {}

    /** {@code <agent type>.<record name>}, unless the record says otherwise. */
    public static String of(String agentType, Class<?> message) {
        var said = message.getAnnotation(MessageType.class);
        if (said != null) {
            return said.value();
        }
        var name = message.getSimpleName().replace("[]", "s");
        return agentType + "." + (name.isEmpty() ? "Message" : name);
    }

    /** The source of what an agent sends: a URI reference. A key too long for it appears as its digest. */
    static String source(Tenant tenant, Address address) {
        var prefix = "/tenants/" + tenant + "/agents/" + address.type() + "/";
        var key = URLEncoder.encode(address.key(), StandardCharsets.UTF_8).replace("+", "%20");
        if (prefix.length() + key.length() <= MAX_SOURCE) {
            return prefix + key;
        }
        return prefix + UUID.nameUUIDFromBytes(address.key().getBytes(StandardCharsets.UTF_8));
    }
}
