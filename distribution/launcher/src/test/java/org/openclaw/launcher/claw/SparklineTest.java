package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SparklineTest {
    @Test
    void scalesToTheGreatest() {
        assertThat(line("[0, 1, 2, 4, 8]").render(60, true)).isEqualTo("▁▂▃▅█");
        assertThat(line("[0, 1, 2, 4, 8]").render(60, false)).isEqualTo("_.:=#");
    }

    @Test
    void liftsWhatIsMoreThanNothing() {
        assertThat(line("[0, 0.001, 1000]").render(60, true)).isEqualTo("▁▂█");
    }

    @Test
    void isBlankWhereNothingWasMeasured() {
        var line = line("[null, 3, null, \"x\"]");

        assertThat(line.render(60, true)).isEqualTo(" █  ");
        assertThat(line.newest()).isEmpty();
        assertThat(line.greatest()).hasValue(3);
        assertThat(line("[null]").isEmpty()).isTrue();
    }

    @Test
    void showsTheNewestThatFit() {
        assertThat(line("[9, 9, 1, 2]").render(2, true)).isEqualTo("▅█");
    }

    @Test
    void staysLowWhileNothingHappens() {
        assertThat(line("[0, 0, 0]").render(60, true)).isEqualTo("▁▁▁");
    }

    private static Sparkline line(String json) {
        return Sparkline.of(new JsonMapper().readTree(json));
    }
}
