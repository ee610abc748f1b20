package org.openclaw.gateway.http;

import java.util.List;
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

    /** Both may be liked: then it is JSON, unless CBOR is liked better, or as well and by name where JSON is not named. */
    private static boolean ratherCbor(String accept) {
        var choices = Weighted.of(accept);
        double cbor = weight(choices, CborReader.MEDIA_TYPE);
        double json = weight(choices, Body.JSON);
        return cbor > json
                || (cbor > 0 && cbor == json && names(choices, CborReader.MEDIA_TYPE) && !names(choices, Body.JSON));
    }

    private static boolean names(List<Weighted> choices, String mediaType) {
        return choices.stream().anyMatch(choice -> choice.name().equals(mediaType));
    }

    /** What the most specific of the ranges that it is in says of it (RFC 9110, 12.5.1); 0 when it is in none. */
    private static double weight(List<Weighted> choices, String mediaType) {
        for (var range : List.of(mediaType, "application/*", "*/*")) {
            for (var choice : choices) {
                if (choice.name().equals(range)) {
                    return choice.weight();
                }
            }
        }
        return 0;
    }

    Response of(Response response) {
        if (!isText(response.mediaType())) {
            return response;
        }
        var tagged = response.form((cbor ? "cbor" : "json") + coding + asks, this::tagged);
        var tag = tagged.tag();
        if (tag.isPresent() && tag.get().isKnownBy(known)) {
            return tagged.withoutBody(304);
        }
        return isCompressed(tagged) ? tagged.form("compressed", coding::encoded) : tagged;
    }

    private Response tagged(Response response) {
        var varied = response.varying("Accept, Accept-Encoding");
        var dressed = cbor ? inCbor(varied) : varied;
        if (!asks || response.status() != 200 || !isTagged(response.mediaType())) {
            return dressed;
        }
        var form = dressed.mediaType().equals(CborReader.MEDIA_TYPE) ? "-cbor" : "";
        return dressed.tagged(EntityTag.of(response.body()), isCompressed(dressed) ? form + "-gzip" : form);
    }

    private boolean isCompressed(Response response) {
        return coding == Coding.GZIP && response.body().length > WORTH_COMPRESSING;
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

    /** Whether what is looked at in that form has an ETag. */
    static boolean isTagged(String mediaType) {
        return mediaType.equals(Body.JSON) || mediaType.equals(SchemasResource.MEDIA_TYPE);
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.endsWith("/json") || type.endsWith("+json");
    }

    /** The media type of a header's value. */
    static String mediaType(String contentType) {
        return contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    }
}
