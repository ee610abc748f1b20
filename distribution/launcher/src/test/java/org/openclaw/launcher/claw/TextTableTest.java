package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final String LONG = "org.openclaw.example.triage-0.1.0.jar";

    @Test
    void alignsWideCharacters() {
        assertThat(render(80, "日本/一", "a/1")).isEqualToNormalizingNewlines("""
                AGENT    STATE   TURNS
                日本/一  active      7
                a/1      active      7""");
    }

    @Test
    void cutsTheWidestColumnWhereEnoughOfItRemains() {
        assertThat(render(45, LONG)).isEqualToNormalizingNewlines("""
                AGENT                           STATE   TURNS
                org.openclaw.ex…iage-0.1.0.jar  active      7""");
        assertThat(render(45, LONG).lines())
                .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(45));
    }

    @Test
    void standsBelowEachOtherInFullWhereTooLittleWouldRemain() {
        assertThat(render(30, LONG)).isEqualToNormalizingNewlines("""
                org.openclaw.example.triage-0.1.0.jar
                  state: active
                  turns: 7""");
    }

    @Test
    void cutsNothingWhereThereIsNoTerminal() {
        assertThat(render(Terminal.UNLIMITED, LONG.repeat(20))).contains(LONG.repeat(20) + "  active      7");
    }

    private static String render(int width, String... agents) {
        var table = new TextTable((column, cell) -> cell, "AGENT", "STATE", "TURNS");
        for (var agent : agents) {
            table.row(agent, "active", "7");
        }
        return table.render(width);
    }
}
