package org.openclaw.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What a client shows of itself. What is wrong with one is said without quoting it: errors end up in logs. */
final class Token {
    private static final int LONGEST = 16 * 1024;

    private Token() {}

    /** @throws IllegalArgumentException when it does not look like one */
    static Supplier<String> of(String text) {
        var token = checked(text, "token");
        return () -> token;
    }

    /** Read each time, so that it may change. */
    static Supplier<String> in(Path file) {
        return () -> checked(read(file), "token in " + file);
    }

    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The token cannot be read from " + file, unreadable);
        }
    }

    private static String checked(String text, String what) {
        var token = text.strip();
        if (token.isEmpty() || token.length() > LONGEST || !token.chars().allMatch(each -> each > ' ' && each <= '~')) {
            throw new IllegalArgumentException(what + ": "
                    + (token.isEmpty() ? "nothing" : "something else, of " + token.length() + " characters")
                    + " (expected: one line of up to " + LONGEST
                    + " visible ASCII characters without spaces, such as that in conf/admin.token)");
        }
        return token;
    }
}
