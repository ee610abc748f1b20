package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinsCheckTest {
    private final DoctorFixture doctor;

    PinsCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void isContentWithPinsToWhatIsThere() throws Exception {
        doctor.bundle("acme.bot");
        pins("{\"acme.bot\": \"1.0.0\"}");

        assertThat(new PinsCheck().look(doctor.situation())).isEqualTo(Examination.of("1 in deploy/pins.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"a\": 1}", "{\"a\": \"x.y\"}", "{\"a\": \"1\", \"a\": \"2\"}", "{} {}"})
    void findsPinsThatCannotBeReadUntilTheyAreCorrected(String content) throws Exception {
        pins(content);

        var finding = doctor.findings(new PinsCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("pins.unreadable");
        assertThat(doctor.type(finding, "{}").exit()).isZero();
        assertThat(doctor.findings(new PinsCheck())).isEmpty();
    }

    @Test
    void findsAPinToAVersionThatIsNotThereUntilItIsTakenOut() throws Exception {
        doctor.bundle("acme.bot");
        pins("{\"acme.bot\": \"2.0.0\"}");

        var finding = doctor.findings(new PinsCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("pin.missing");
        assertThat(finding.text()).isEqualTo("'acme.bot' is pinned to 2.0.0, and deploy/ has only 1.0.0.");
        assertThat(doctor.type(finding, "{}").exit()).isZero();
        assertThat(doctor.findings(new PinsCheck())).isEmpty();
    }

    @Test
    void findsAPinOfANameThatIsNotThere() throws Exception {
        doctor.bundle("acme.bot");
        pins("{\"acme.bto\": \"1.0.0\"}");

        assertThat(doctor.findings(new PinsCheck()).getFirst().text()).endsWith("Did you mean 'acme.bot'?");
    }

    @Test
    void leavesItToTheContainerToSayWhichPinDoesNotHold() throws Exception {
        pins("{\"acme.bot\": \"1.0.0\"}");
        doctor.server = new ServerView.Answering(true, List.of(), Optional.of(List.of()));

        assertThat(doctor.findings(new PinsCheck())).isEmpty();
    }

    private void pins(String content) throws Exception {
        DoctorFixture.write(doctor.home.deploy().resolve("pins.json"), content);
    }
}
