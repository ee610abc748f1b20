package org.openclaw.itest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Book PASSED_ON = new Book(5, 1, Map.of("a", 1), Map.of(), List.of());

    private final History history = new History();

    @BeforeEach
    void acknowledgeTwoMessages() {
        history.acknowledged(new Entry("client-1", 1, 5, List.of("a", "b")));
        history.acknowledged(new Entry("client-1", 2, 7, List.of("a")));
    }

    @Test
    void findsNothingWhereEachMessageTookEffectOnce() {
        assertThat(difference(12, 2, 2, 1)).isEmpty();
    }

    @Test
    void namesTheMessageThatIsLost() {
        assertThat(difference(5, 1, 1, 1))
                .contains("ledger/a:")
                .contains("messages 2 of client-1 are not applied")
                .contains("1 messages with a total of 5 (expected: 2 with 12)");
    }

    @Test
    void namesTheMessageThatIsAppliedTwice() {
        assertThat(difference(19, 3, 2, 1)).contains("3 messages with a total of 19 (expected: 2 with 12)");
    }

    @Test
    void namesTheMessageThatWasNotSentOn() {
        assertThat(difference(12, 2, 2, 0)).contains("messages 1 to b are not sent on");
    }

    @Test
    void namesTheMessageThatNobodySent() {
        assertThat(difference(12, 2, 3, 1)).contains("messages 3 of client-1 are unknown and applied");
    }

    @Test
    void tellsWhatTheAgentItselfNoticed() {
        var noticed = new Book(12, 2, Map.of("client-1", 2), Map.of("b", 1), List.of("number 1 came when 2 was due"));
        assertThat(history.difference(Map.of("a", noticed, "b", PASSED_ON)).orElse(""))
                .contains("number 1 came when 2 was due");
    }

    @Test
    void countsTheOtherAgentsThatDiffer() {
        assertThat(history.difference(Map.of()).orElse("")).contains("the books of 1 other agents of 2");
    }

    private String difference(long total, long count, int received, int sent) {
        var book = new Book(total, count, Map.of("client-1", received), Map.of("b", sent), List.of());
        return history.difference(Map.of("a", book, "b", PASSED_ON)).orElse("");
    }
}
