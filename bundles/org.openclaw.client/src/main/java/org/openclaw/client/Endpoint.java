package org.openclaw.client;

import java.net.URI;

/** Where a container answers: at the root of a host, or below a path of it that a reverse proxy gives it. */
record Endpoint(String root) {
    /** @throws IllegalArgumentException when it is no address of HTTP, or says more than where */
    static Endpoint of(URI container) {
        var scheme = container.getScheme();
        if (scheme == null || !(scheme.equals("http") || scheme.equals("https")) || container.getHost() == null) {
            throw unfit("'" + container + "'");
        }
        // not quoted: a user's password, or a token, may be in there
        if (container.getRawUserInfo() != null) {
            throw unfit("it has a user, and containers know tokens only");
        }
        if (container.getRawQuery() != null || container.getRawFragment() != null) {
            throw unfit("it has a query or a fragment");
        }
        var path = container.getRawPath();
        return new Endpoint(scheme + "://" + container.getRawAuthority()
                + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
    }

    private static IllegalArgumentException unfit(String found) {
        return new IllegalArgumentException("container: " + found
                + " (expected: an address such as http://127.0.0.1:8080, or https://host/openclaw behind a proxy)");
    }

    URI at(String target) {
        return URI.create(root + target);
    }
}
