package org.openclaw.gateway.http;

import java.util.Locale;
import org.openclaw.message.Body;

/**
 * In which form an answer leaves, as the request asks for it: not at all when the client has it already ({@code If-None-Match}),
 * as CBOR for clients that would rather have that, compressed where that is worth it. Errors are JSON always. Immutable.
 */
final class Representation {
    /** Shorter ones fit into the first packets in any case. */
    static final int WORTH_COMPRESSING = 1024;

    private final boolean asks;
    private final String known;
    private final boolean cbor;
    private final Coding coding;

    private Representation(boolean asks, String known, boolean cbor, Coding coding) {
        this.asks = asks;
        this.known = known;
        this.cbor = cbor;
        this.coding = coding;
    }

    static Representation of(Request request) {
        return new Representation(
                request.method().equals("GET") || request.method().equals("HEAD"),
                request.header("If-None-Match").orElse(""),
                ratherCbor(request.header("Accept").orElse("")),
                Coding.accepted(request));
    }

    /** Both may be said to be liked: then it is JSON, unless CBOR is liked better. */
    private static boolean ratherCbor(String accept) {
        double cbor = 0;
        double json = 0;
        for (var choice : Weighted.of(accept)) {
            switch (choice.name()) {
                case CborReader.MEDIA_TYPE -> cbor = choice.weight();
                case Body.JSON -> json = choice.weight();
                default -> {
                    // says nothing of these two
                }
            }
        }
        return cbor > json;
    }

    Response of(Response response) {
        if (!isText(response.mediaType())) {
            return response;
        }
        var varied = response.varying("Accept, Accept-Encoding");
        var dressed = cbor ? inCbor(varied) : varied;
        boolean compressed = coding == Coding.GZIP && dressed.body().length > WORTH_COMPRESSING;
        var tagged = dressed;
        if (asks && response.status() == 200 && response.mediaType().equals(Body.JSON)) {
            var tag = EntityTag.of(response.body());
            var form = dressed.mediaType().equals(CborReader.MEDIA_TYPE) ? "-cbor" : "";
            tagged = dressed.with("ETag", tag.header(compressed ? form + "-gzip" : form));
            if (tag.isKnownBy(known)) {
                return tagged.withoutBody(304);
            }
        }
        return compressed ? coding.encoded(tagged) : tagged;
    }

    private static Response inCbor(Response response) {
        if (!response.mediaType().equals(Body.JSON)) {
            return response;
        }
        var json = Json.parsed(response.body());
        return json.isPresent()
                ? response.withBody(CborWriter.write(json.get())).with("Content-Type", CborReader.MEDIA_TYPE)
                : response;
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.endsWith("/json") || type.endsWith("+json");
    }

    /** The media type of a header's value. */
    static String mediaType(String contentType) {
        return contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    }
}
