package org.openclaw.gateway.http;

import java.util.Locale;
import org.openclaw.message.Body;

/**
 * In which form an answer leaves, as the request asks for it: not at all when the client has it already ({@code If-None-Match}),
 * compressed where that is worth it. Immutable.
 */
final class Representation {
    /** Shorter ones fit into the first packets in any case. */
    static final int WORTH_COMPRESSING = 1024;

    private final boolean asks;
    private final String known;
    private final Coding coding;

    private Representation(boolean asks, String known, Coding coding) {
        this.asks = asks;
        this.known = known;
        this.coding = coding;
    }

    static Representation of(Request request) {
        return new Representation(
                request.method().equals("GET") || request.method().equals("HEAD"),
                request.header("If-None-Match").orElse(""),
                Coding.accepted(request));
    }

    Response of(Response response) {
        var type = response.mediaType();
        if (!isText(type)) {
            return response;
        }
        boolean compressed = coding == Coding.GZIP && response.body().length > WORTH_COMPRESSING;
        var varied = response.with("Vary", "Accept-Encoding");
        if (asks && response.status() == 200 && type.equals(Body.JSON)) {
            var tag = EntityTag.of(response.body());
            varied = varied.with("ETag", tag.header(compressed ? "-gzip" : ""));
            if (tag.isKnownBy(known)) {
                return varied.withoutBody(304);
            }
        }
        return compressed ? coding.encoded(varied) : varied;
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.endsWith("/json") || type.endsWith("+json");
    }

    /** The media type of a header's value. */
    static String mediaType(String contentType) {
        return contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    }
}
