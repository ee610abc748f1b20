package org.openclaw.agent.runtime.type;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** Writes a text of printable ASCII as it is, in one piece. Jackson looks at every character and copies it twice. */
final class TextSerializer extends StdScalarSerializer<String> {
    TextSerializer() {
        super(String.class);
    }

    @Override
    public void serialize(String text, JsonGenerator into, SerializationContext context) {
        if (isPlain(text)) {
            var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            into.writeRawUTF8String(bytes, 0, bytes.length);
        } else {
            into.writeString(text);
        }
    }

    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each < ' ' || each > '~' || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }
}
