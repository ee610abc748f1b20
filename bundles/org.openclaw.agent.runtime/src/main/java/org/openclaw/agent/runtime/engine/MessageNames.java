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

    private static final ClassValue<Named> NAMES = new ClassValue<>() {
        @Override
        protected Named computeValue(Class<?> message) {
            return Named.of(message);
        }
    };

    private MessageNames() {}

    /** {@code <agent type>.<record name>}, unless the record says otherwise. */
    public static String of(String agentType, Class<?> message) {
        return NAMES.get(message).of(agentType);
    }

    /** What a class says of its name: nothing of the class itself, so that it may go. */
    private record Named(String text, boolean whole) {
        static Named of(Class<?> message) {
            var said = message.getAnnotation(MessageType.class);
            if (said != null) {
                return new Named(said.value(), true);
            }
            var name = message.getSimpleName().replace("[]", "s");
            return new Named("." + (name.isEmpty() ? "Message" : name), false);
        }

        String of(String agentType) {
            return whole ? text : agentType + text;
        }
    }

    private static String encoded(String key) {
        for (int at = 0; at < key.length(); at++) {
            char each = key.charAt(at);
            boolean plain = (each >= 'a' && each <= 'z')
                    || (each >= 'A' && each <= 'Z')
                    || (each >= '0' && each <= '9')
                    || each == '-'
                    || each == '.'
                    || each == '_';
            if (!plain) {
                return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
            }
        }
        return key;
    }

    /** The source of what an agent sends: a URI reference. A key too long for it appears as its digest. */
    static String source(Tenant tenant, Address address) {
        var prefix = "/tenants/" + tenant + "/agents/" + address.type() + "/";
        var key = encoded(address.key());
        if (prefix.length() + key.length() <= MAX_SOURCE) {
            return prefix + key;
        }
        return prefix + UUID.nameUUIDFromBytes(address.key().getBytes(StandardCharsets.UTF_8));
    }
}
