package org.openclaw.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a request's headers whether it is meant for this server and was not made by a foreign page: the defence
 * against DNS rebinding ({@code Host}) and cross-site request forgery ({@code Origin}, {@code Sec-Fetch-Site}).
 *
 * @param hosts names under which this server may be addressed, without port, in lower case
 */
public record OriginPolicy(Set<String> hosts) {
    public OriginPolicy {
        hosts = Set.copyOf(hosts);
    }

    /**
     * Looks at the headers of a request, null where one is missing.
     *
     * @param host the {@code Host} header
     * @param origin the {@code Origin} header
     * @param fetchSite the {@code Sec-Fetch-Site} header
     * @param safe whether the method changes nothing (GET, HEAD, OPTIONS)
     * @return why the request is refused; empty when it is not
     */
    public Optional<String> refusal(
            @Nullable String host, @Nullable String origin, @Nullable String fetchSite, boolean safe) {
        if (host == null || !hosts.contains(nameOf(host))) {
            return Optional.of("Host '" + host + "' is not a name of this server (expected: one of " + hosts
                    + "). Add the name to the setting 'hosts' if it is yours.");
        }
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            return Optional.of("Origin '" + origin + "' is not this server. Requests of other sites are refused.");
        }
        if (!safe && fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
            return Optional.of("The request comes from another site (Sec-Fetch-Site: " + fetchSite + ").");
        }
        return Optional.empty();
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon >= 0 && host.indexOf(']', colon) < 0;
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}
