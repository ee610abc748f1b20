package org.openclaw.deploy.trust;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes manifest sections byte for byte, so that their digests can be taken: CRLF, lines of at most 72 bytes. */
final class ManifestText {
    private static final int WIDTH = 72;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** One section, ended by an empty line. */
    static byte[] section(Map<String, String> attributes) {
        var text = new ManifestText();
        attributes.forEach(text::line);
        text.endLine();
        return text.bytes.toByteArray();
    }

    private void line(String name, String value) {
        var line = (name + ": " + value).getBytes(StandardCharsets.UTF_8);
        bytes.write(line, 0, Math.min(line.length, WIDTH));
        for (var at = WIDTH; at < line.length; at += WIDTH - 1) {
            endLine();
            bytes.write(' ');
            bytes.write(line, at, Math.min(line.length - at, WIDTH - 1));
        }
        endLine();
    }

    private void endLine() {
        bytes.write('\r');
        bytes.write('\n');
    }
}
