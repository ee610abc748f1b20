package org.openclaw.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page of a list ends: opaque to clients, who give it back to get the next page.
 *
 * @param list which list
 * @param place in it
 */
record Cursor(String list, String place) {
    /** Where the page that is asked for begins; empty for the first. */
    static Optional<String> of(Call call, String list) throws Rejection {
        var after = call.parameter("after");
        return after.isPresent() ? Optional.of(parse(after.get(), list).place()) : Optional.empty();
    }

    private static Cursor parse(String text, String list) throws Rejection {
        try {
            var plain = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                    .toString();
            int colon = plain.indexOf(':');
            if (colon >= 0 && plain.substring(0, colon).equals(list)) {
                return new Cursor(list, plain.substring(colon + 1));
            }
        } catch (IllegalArgumentException | CharacterCodingException other) {
            throw invalid("it is not what a page gave");
        }
        throw invalid("it is of another list");
    }

    /** The text in a page and in the query for the next one. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + ":" + place).getBytes(StandardCharsets.UTF_8));
    }

    static Rejection invalid(String why) {
        return Problem.of(
                        400,
                        "after.invalid",
                        "The page cannot begin there: " + why
                                + " (expected: the 'next' of a page of this list, unchanged). Begin again without 'after'.")
                .rejection();
    }
}
