package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON as it is typed: itself, or {@code @FILE}, or {@code -} for standard input. */
final class TypedJson {
    private static final JsonMapper JSON = new JsonMapper();

    private TypedJson() {}

    /**
     * The bytes as they were given, once they are known to be JSON.
     *
     * @param what they are, for the refusal
     */
    static byte[] bytes(String typed, String what) {
        try {
            var bytes = read(typed);
            JSON.readTree(bytes);
            return bytes;
        } catch (JacksonException malformed) {
            throw ClawException.misused("The " + what + " is not JSON: " + malformed.getOriginalMessage()
                    + " (expected: JSON, @FILE or - for standard input).");
        } catch (IOException unreadable) {
            throw ClawException.misused("Cannot read the " + what + " from " + typed + ": " + unreadable.getMessage()
                    + " (expected: JSON, @FILE or - for standard input).");
        }
    }

    private static byte[] read(String typed) throws IOException {
        if (typed.equals("-")) {
            return System.in.readAllBytes();
        }
        return typed.startsWith("@")
                ? Files.readAllBytes(Path.of(typed.substring(1)))
                : typed.getBytes(StandardCharsets.UTF_8);
    }
}
