package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
    @ParameterizedTest
    @CsvSource({
        "abc, 3",
        "äöü, 3",
        "a\u0308, 1",
        "日本語, 6",
        "ｱｲ, 2",
        "한국, 4",
        "🦀, 2",
        "📦x, 3",
        "▁█, 2",
        "●✓, 2",
        "'', 0"
    })
    void countsWhatATerminalShows(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @Test
    void cutsInTheMiddleSoThatBothEndsRemain() {
        assertThat(Columns.cut("org.openclaw.example.triage-0.1.0.jar", 20)).isEqualTo("org.opencl…0.1.0.jar");
        assertThat(Columns.cut("short.jar", 20)).isEqualTo("short.jar");
    }

    @Test
    void neverCutsAWideCharacterInTwo() {
        assertThat(Columns.cut("日本語日本語", 6)).isEqualTo("日…語");
        assertThat(Columns.ended("日本語", 4)).isEqualTo("日…");
        assertThat(Columns.ended("🦀🦀🦀", 5)).isEqualTo("🦀🦀…");
    }

    @Test
    void doesNotCountColours() {
        assertThat(Columns.visible("\u001b[31mred\u001b[0m")).isEqualTo(3);
    }
}
