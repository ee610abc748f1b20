package org.openclaw.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What arrived, as it arrived: nothing is decoded yet.
 *
 * @param method in upper case
 * @param path the raw path, still percent-encoded
 * @param query the raw query without the question mark; empty when there is none
 * @param headers the headers
 * @param content the body
 */
record Request(String method, String path, String query, Headers headers, Content content) {
    private static final List<String> CREDENTIALS =
            List.of("Host", "Origin", "Sec-Fetch-Site", "Authorization", "Cookie");

    private static final Content NOTHING = new Content() {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    };

    /** Headers by name, in any case. Several of one name are joined by a comma and a space. */
    @FunctionalInterface
    interface Headers {
        Optional<String> header(String name);

        /** The names of those that there are, each in the case in which it came. */
        default List<String> names() {
            return List.of();
        }
    }

    /** A body that can be read once. */
    interface Content {
        /** The announced length in bytes, -1 when it is not announced. */
        long length();

        InputStream open() throws IOException;
    }

    /** What of it says who asks and from where, without a body: outlives what it came with. */
    Request credentials() {
        var kept = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var name : CREDENTIALS) {
            headers.header(name).ifPresent(value -> kept.put(name, value));
        }
        return new Request(method, path, query, name -> Optional.ofNullable(kept.get(name)), NOTHING);
    }

    /** Whether the method changes nothing. */
    boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    Optional<String> header(String name) {
        return headers.header(name);
    }
}
