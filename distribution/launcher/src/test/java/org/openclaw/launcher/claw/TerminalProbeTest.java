package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalProbeTest {
    @Test
    void takesTheSizeThatTheTerminalSays() {
        var terminal = terminal(true, Map.of(), "24 132");

        assertThat(terminal.width()).isEqualTo(132);
        assertThat(terminal.height()).isEqualTo(24);
    }

    @Test
    void takesTheEnvironmentsWordBefore() {
        assertThat(terminal(true, Map.of("COLUMNS", "60"), "24 132").width()).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({"''", "0 0", "many", "24", "24 x"})
    void hasEightyColumnsWhereNobodyKnows(String stty) {
        assertThat(terminal(true, Map.of("COLUMNS", "wide"), stty).width()).isEqualTo(80);
    }

    @Test
    void breaksAndCutsNothingThatIsNotShownOnATerminal() {
        var terminal = terminal(false, Map.of("COLUMNS", "60"), "24 60");

        assertThat(terminal.limited()).isFalse();
        assertThat(terminal.wrapped("a ".repeat(1000), "")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "true, '', '', true",
        "false, '', '', false",
        "true, NO_COLOR, 1, false",
        "true, NO_COLOR, '', true",
        "true, CLICOLOR, 0, false",
        "true, TERM, dumb, false",
        "false, CLICOLOR_FORCE, 1, true",
        "false, CLICOLOR_FORCE, 0, false"
    })
    void showsColoursOnATerminalUnlessToldOtherwise(boolean interactive, String name, String value, boolean colours) {
        var environment = name.isEmpty() ? Map.<String, String>of() : Map.of(name, value);

        assertThat(terminal(interactive, environment, "").ansi().enabled()).isEqualTo(colours);
    }

    @Test
    void showsAsciiWhereTheLocaleHasNoMore() {
        var probe = new TerminalProbe(true, Map.of(), "ANSI_X3.4-1968", Optional::empty);

        assertThat(probe.terminal().either("●", "*")).isEqualTo("*");
        assertThat(terminal(true, Map.of(), "").either("●", "*")).isEqualTo("●");
    }

    @Test
    void paintsWordsThatLookLikeMarkup() {
        assertThat(terminal(true, Map.of(), "").painted("red", "@|x|@")).isEqualTo("\u001b[31m@|x|@\u001b[0m");
    }

    private static Terminal terminal(boolean interactive, Map<String, String> environment, String stty) {
        return new TerminalProbe(interactive, environment, "UTF-8", () -> Optional.of(stty)).terminal();
    }
}
