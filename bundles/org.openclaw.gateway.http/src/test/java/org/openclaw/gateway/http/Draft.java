package org.openclaw.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request in the making, down to its bytes: anything can be said in it, sense or not. */
final class Draft {
    String method;
    String target;
    /** Whole lines. */
    final List<String> headers = new ArrayList<>();

    byte[] body;
    /** How the body is announced. */
    Framing framing = Framing.LENGTH;

    enum Framing {
        LENGTH,
        TOO_SHORT,
        TOO_LONG,
        CHUNKS,
        BROKEN_CHUNKS,
        BOTH,
        NONE
    }

    private Draft(Samples.Sample sample) {
        method = sample.method();
        target = sample.target();
        body = sample.body().getBytes(StandardCharsets.UTF_8);
        headers.add("Host: localhost:8080");
        headers.add("Authorization: Bearer admin-token");
        if (!sample.mediaType().isEmpty()) {
            headers.add("Content-Type: " + sample.mediaType());
        }
    }

    static Draft of(Samples.Sample sample) {
        return new Draft(sample);
    }

    /** Says this header once, whatever it said before. */
    void set(String name, String value) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        headers.add(name + ": " + value);
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        text(out, method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(line -> text(out, line + "\r\n"));
        if (body.length > 0 || framing != Framing.LENGTH) {
            framed(out);
        } else {
            text(out, "\r\n");
        }
        return out.toByteArray();
    }

    private void framed(ByteArrayOutputStream out) {
        switch (framing) {
            case LENGTH -> announced(out, "Content-Length: " + body.length + "\r\n\r\n");
            case TOO_SHORT -> announced(out, "Content-Length: " + body.length / 2 + "\r\n\r\n");
            case TOO_LONG -> announced(out, "Content-Length: " + (body.length + 7) + "\r\n\r\n");
            case NONE -> announced(out, "\r\n");
            case BOTH ->
                chunks(out, "Content-Length: " + body.length + "\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n");
            case CHUNKS -> chunks(out, "Transfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n");
            case BROKEN_CHUNKS -> chunks(out, "Transfer-Encoding: chunked\r\n\r\n", "zz\r\n");
        }
    }

    private void announced(ByteArrayOutputStream out, String end) {
        text(out, end);
        out.writeBytes(body);
    }

    private void chunks(ByteArrayOutputStream out, String end, String last) {
        text(out, end);
        if (body.length > 0) {
            text(out, Integer.toHexString(body.length) + "\r\n");
            out.writeBytes(body);
            text(out, "\r\n");
        }
        text(out, last);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What somebody needs to see what it was. */
    @Override
    public String toString() {
        var text = new String(bytes(), StandardCharsets.UTF_8).replace("\u0000", "\\0");
        return text.length() > 2000 ? text.substring(0, 2000) + "... (" + text.length() + " characters)" : text;
    }
}
