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
}
