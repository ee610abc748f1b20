package org.openclaw.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static void write(OutputStream into, String text) {
        try {
            into.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Test
    void takesWhatAWriterGivesInPieces() {
        var expected = new StringBuilder();

        var body = Body.json(into -> {
            for (int piece = 0; piece < 1_000; piece++) {
                write(into, piece + ",");
                expected.append(piece).append(',');
            }
        });

        assertThat(body).isEqualTo(Body.json(expected.toString()));
        assertThat(Body.json(_ -> {}).size()).isZero();
    }

    @Test
    void staysAsItIsWhenItsWriterGoesOn() {
        for (var pieces : List.of(List.of("whole"), List.of("a", "b", "c"))) {
            var kept = new ArrayList<OutputStream>();
            var body = Body.json(into -> {
                pieces.forEach(piece -> write(into, piece));
                kept.add(into);
            });
            write(kept.getFirst(), "more");

            assertThat(body.text()).isEqualTo(String.join("", pieces));
        }
    }

    @Test
    void throwsWhatItsWriterThrows() {
        assertThatThrownBy(() -> Body.json(_ -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
    }

    @Test
    void isReadAsAStreamThatLeavesItAsItIs() throws IOException {
        var body = Body.json("{\"a\":1}");
        try (var stream = body.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(body.bytes()).isNotSameAs(body.bytes());
        }
    }

    @Test
    void isOfAnyMediaType() {
        var bytes = "a,b".getBytes(StandardCharsets.UTF_8);
        var body = Body.of("text/csv", bytes);
        bytes[0] = 'x';

        assertThat(body.mediaType()).isEqualTo("text/csv");
        assertThat(body.text()).isEqualTo("a,b");
        assertThat(Body.of(Body.JSON, "1".getBytes(StandardCharsets.UTF_8))).isEqualTo(Body.json("1"));
        for (var wrong :
                List.of("", "text", "Text/csv", "text/csv; charset=utf-8", "text/ csv", "a/" + "b".repeat(126))) {
            assertThatThrownBy(() -> Body.of(wrong, bytes))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: type/subtype in lower case");
        }
    }
}
