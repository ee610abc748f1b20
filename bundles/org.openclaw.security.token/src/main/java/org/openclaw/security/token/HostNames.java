package org.openclaw.security.token;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.openclaw.security.OriginPolicy;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Registers the {@link OriginPolicy} that the setting {@code hosts} makes; a record cannot be a component itself. */
@Component(configurationPid = TokenSettings.PID)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.openclaw.security.OriginPolicy\"",
        uses = OriginPolicy.class)
public final class HostNames {
    private final ServiceRegistration<OriginPolicy> registration;

    @Activate
    public HostNames(BundleContext context, TokenSettings settings) {
        registration = context.registerService(OriginPolicy.class, policy(settings.hosts()), null);
    }

    /** @throws IllegalArgumentException when a name is not a bare host name */
    static OriginPolicy policy(String... hosts) {
        Set<String> names = Arrays.stream(hosts)
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        for (String name : names) {
            boolean address = name.startsWith("[") && name.endsWith("]");
            if (name.contains("/") || name.contains("*") || (name.contains(":") && !address)) {
                throw new IllegalArgumentException("hosts: '" + name
                        + "' (expected: a host name or address without scheme, port, path or wildcard; IPv6 in"
                        + " brackets)");
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("hosts is empty (expected: at least one name, such as localhost)");
        }
        return new OriginPolicy(names);
    }

    @Deactivate
    void close() {
        registration.unregister();
    }
}
