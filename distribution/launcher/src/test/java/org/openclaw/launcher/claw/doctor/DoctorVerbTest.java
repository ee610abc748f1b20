package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.claw.ClawCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code claw doctor} as it is typed, on a sound installation and home. */
class DoctorVerbTest {
    private final DoctorFixture doctor;
    private final StringWriter out = new StringWriter();

    DoctorVerbTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @BeforeEach
    void install() {
        System.setProperty(Installation.PROPERTY, doctor.installation.folder().toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(Installation.PROPERTY);
    }

    @Test
    void endsInZeroWhenNothingIsWrong() {
        assertThat(claw("doctor")).as(out.toString()).isZero();
        assertThat(out.toString()).contains("trust store", "trusts vendor", "not running", "Nothing is wrong.");
    }

    @Test
    void saysWhatIsWrongTheReasonAndTheCommandOnALineOfItsOwn() throws Exception {
        Files.writeString(doctor.home.running(), "{}");

        assertThat(claw("doctor")).isEqualTo(1);
        assertThat(out.toString())
                .contains("! The last run ended without stopping", "[running.stale]", "1 warning.")
                .contains("\n    rm -- " + Shell.quoted(doctor.home.running()) + "\n");
    }

    @Test
    void saysTheSameAsJson() throws Exception {
        Files.writeString(doctor.home.running(), "{}");

        assertThat(claw("doctor", "--json")).isEqualTo(1);
        var json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("well").asBoolean(true)).isFalse();
        assertThat(json.path("areas").path("data").asString("")).isEqualTo("version 1");
        assertThat(json.path("findings").size()).isEqualTo(1);
        assertThat(json.path("findings").path(0).path("id").asString("")).isEqualTo("running.stale");
        assertThat(json.path("findings").path(0).path("command").asString("")).startsWith("rm -- ");
    }

    private int claw(String verb, String... options) {
        var words = new ArrayList<>(List.of(options));
        words.addFirst(verb);
        words.add("--home");
        words.add(doctor.home.folder().toString());
        return ClawCommand.commandLine().setOut(new PrintWriter(out)).execute(words.toArray(String[]::new));
    }
}
