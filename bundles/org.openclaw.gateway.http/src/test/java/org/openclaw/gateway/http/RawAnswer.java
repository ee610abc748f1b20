package org.openclaw.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The first answer on a connection, as it came. */
record RawAnswer(int status, Map<String, String> headers, String text) {
    /** Reads one; empty when the connection ended without. A stream of events is not read to its end, which is not to come. */
    static Optional<RawAnswer> read(InputStream in, boolean head) throws IOException {
        var first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var words = first.split(" ", 3);
        int status = Integer.parseInt(words[1]);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        if (status == 100) {
            return read(in, head);
        }
        boolean without = head
                || status == 204
                || status == 304
                || headers.getOrDefault("Content-Type", "").startsWith("text/event-stream");
        return Optional.of(
                new RawAnswer(status, headers, without ? "" : new String(body(in, headers), StandardCharsets.UTF_8)));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("Transfer-Encoding", "").equals("chunked")) {
            var out = new ByteArrayOutputStream();
            for (int length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
                out.writeBytes(in.readNBytes(length));
                line(in);
            }
            return out.toByteArray();
        }
        var length = headers.get("Content-Length");
        if (length == null) {
            return in.readAllBytes();
        }
        var body = in.readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            throw new EOFException("the body ended after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private static String line(InputStream in) throws IOException {
        var out = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            out.write(next);
        }
        return out.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
