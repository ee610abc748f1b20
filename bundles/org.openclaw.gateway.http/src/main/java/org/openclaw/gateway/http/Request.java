package org.openclaw.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

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
    /** Headers by name, in any case. Several of one name are joined by a comma and a space. */
    interface Headers {
        Optional<String> header(String name);
    }

    /** A body that can be read once. */
    interface Content {
        /** The announced length in bytes, -1 when it is not announced. */
        long length();

        InputStream open() throws IOException;
    }

    /** Whether the method changes nothing. */
    boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    Optional<String> header(String name) {
        return headers.header(name);
    }
}
