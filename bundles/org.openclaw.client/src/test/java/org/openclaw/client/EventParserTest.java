package org.openclaw.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private final EventParser parser = new EventParser("0");

    private EventParser.Read read(String... lines) {
        for (var line : lines) {
            assertThat(parser.line(line)).isEqualTo(new EventParser.Read.Part());
        }
        return parser.line("");
    }

    @Test
    void readsAnEventAsTheStandardSays() {
        assertThat(List.of(
                        read("id: 1", "event: turn.done", "data: one", "data:two", "data:  three", "data", "other: x"),
                        read("data:"),
                        read(":", "id:2"),
                        read("event: lost"),
                        read("id: 3\0", "data: last")))
                .containsExactly(
                        new EventParser.Read.Whole(new SentEvent("1", "turn.done", "one\ntwo\n three\n")),
                        new EventParser.Read.Whole(new SentEvent("1", "message", "")),
                        new EventParser.Read.Position("2"),
                        new EventParser.Read.Position("2"),
                        new EventParser.Read.Whole(new SentEvent("2", "message", "last")));
    }

    @Test
    void knowsHowLongToStayAway() {
        assertThat(parser.retry()).isEmpty();
        var _ = parser.line("retry: 250");
        var _ = parser.line("retry: soon");
        assertThat(parser.retry()).contains(Duration.ofMillis(250));
    }
}
