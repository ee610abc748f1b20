package org.openclaw.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
    @TempDir
    Path temp;

    @Test
    void isTakenWithoutTheSpaceAroundIt() throws Exception {
        var file = Files.writeString(temp.resolve("token"), "  abc-._~+/=\r\n");

        assertThat(Token.of("abc\n").get()).isEqualTo("abc");
        assertThat(Token.in(file).get()).isEqualTo("abc-._~+/=");
    }

    @Test
    void isNotQuotedWhenItIsNone() throws Exception {
        var file = temp.resolve("token");
        for (var wrong :
                new String[] {"first\nsecond", "first second", "first\u0000", "firstü", "first".repeat(4_000)}) {
            Files.writeString(file, wrong);

            assertThatThrownBy(() -> Token.of(wrong)).as(wrong).satisfies(TokenTest::isTold);
            assertThatThrownBy(() -> Token.in(file).get())
                    .as(wrong)
                    .satisfies(TokenTest::isTold)
                    .hasMessageContaining(file.toString());
        }
    }

    private static void isTold(Throwable refusal) {
        assertThat(refusal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("expected: one line")
                .hasMessageNotContaining("first");
    }

    @Test
    void isNotNothing() {
        assertThatThrownBy(() -> Token.of(" \n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("token: nothing (expected");
    }
}
