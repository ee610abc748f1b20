package org.openclaw.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** How bodies are compressed on their way (RFC 9110, 8.4). */
enum Coding {
    IDENTITY,
    GZIP;

    private static final String NAME = "gzip";

    /** Of a request's body. */
    static Coding of(Request request) throws Rejection {
        return switch (request.header("Content-Encoding")
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT)) {
            case "identity", "" -> IDENTITY;
            case NAME, "x-gzip" -> GZIP;
            default ->
                throw Problem.of(
                                415,
                                "media.unsupported",
                                "The Content-Encoding is not supported (expected: gzip, or none at all).")
                        .with("Accept-Encoding", NAME)
                        .rejection();
        };
    }

    /** The best that a client takes; without a word of it, nothing is compressed. */
    static Coding accepted(Request request) {
        double gzip = -1;
        double any = -1;
        for (var part : Weighted.of(request.header("Accept-Encoding").orElse(""))) {
            switch (part.name()) {
                case NAME, "x-gzip" -> gzip = Math.max(gzip, part.weight());
                case "*" -> any = part.weight();
                default -> {
                    // not one of ours
                }
            }
        }
        return gzip > 0 || (gzip < 0 && any > 0) ? GZIP : IDENTITY;
    }

    /** The body as it was before it was compressed. */
    InputStream decoded(InputStream in) {
        return switch (this) {
            case IDENTITY -> in;
            case GZIP -> new InflatedInput(in);
        };
    }

    /** The body with the headers that say so. */
    Response encoded(Response response) {
        return switch (this) {
            case IDENTITY -> response;
            case GZIP -> response.withBody(gzip(response.body())).with("Content-Encoding", NAME);
        };
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
