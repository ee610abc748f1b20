package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.message.ReceiptId;

class TicketTest {
    @Test
    void isReadAsItWasWritten() {
        var ticket = new Ticket(0xabc, 0xfff_ffff_ffff_ffffL, -2);

        assertThat(ticket.id().value()).isEqualTo("abc-fffffffffffffff-fffffffffffffffe");
        assertThat(Ticket.of(ticket.id())).contains(ticket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "--",
                "1-2",
                "1-2-",
                "1-2-3",
                "-2-0123456789abcdef",
                "1--0123456789abcdef",
                "1-2-0123456789abcde",
                "1-2-0123456789abcdef0",
                "1-2-0123456789ABCDEF",
                "A-2-0123456789abcdef",
                "1-g-0123456789abcdef",
                "1-2-0123456789abcdeg",
                "1-2-3-0123456789abcd",
                "+1-2-0123456789abcdef",
                " 1-2-0123456789abcdef",
                "1-2-0123456789abcdef\n",
                "1234567890123456-2-0123456789abcdef",
                "1-1234567890123456-0123456789abcdef"
            })
    void readsNothingElse(String text) {
        assertThat(Ticket.of(new ReceiptId(text))).isEmpty();
    }
}
