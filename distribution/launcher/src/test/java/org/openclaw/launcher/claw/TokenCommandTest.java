package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    private final ClientFixture fixture;

    TokenCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void printsTheTokenAndNothingElse() {
        assertThat(fixture.claw("token").out()).isEqualTo(ClientFixture.TOKEN);
    }

    @Test
    void saysThatThereIsNoneYet() {
        var result = fixture.claw("token", "--reader");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("reader.token").contains("claw run");
    }
}
