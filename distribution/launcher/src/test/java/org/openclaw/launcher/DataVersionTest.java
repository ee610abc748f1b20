package org.openclaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataVersionTest {
    @TempDir
    private Path data;

    @Test
    void writesTheVersionIntoDataWithoutOne() throws Exception {
        DataVersion.open(data);

        assertThat(DataVersion.file(data)).hasContent("1\n");
        assertThat(DataVersion.check(data)).isEqualTo(DataVersion.PRESENT);
    }

    @Test
    void refusesDataOfANewerRelease() throws Exception {
        Files.writeString(DataVersion.file(data), "2\n");

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> DataVersion.open(data))
                .withMessageContaining("version 2 (expected: at most 1)")
                .satisfies(newer -> assertThat(newer.code()).isEqualTo("data.newer"));
        assertThat(DataVersion.file(data)).hasContent("2\n");
    }

    @Test
    void refusesAVersionThatIsNone() throws Exception {
        Files.writeString(DataVersion.file(data), "\u001b[2J");

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> DataVersion.open(data))
                .withMessageContaining("'?[2J'");
    }

    @Test
    void writesThroughNoLink() throws Exception {
        var outside = Files.writeString(data.resolve("outside"), "precious");
        Files.createSymbolicLink(data.resolve("version.new"), outside);

        DataVersion.open(data);

        assertThat(outside).hasContent("precious");
    }
}
