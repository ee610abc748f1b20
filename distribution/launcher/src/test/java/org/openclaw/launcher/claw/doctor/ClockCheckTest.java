package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockCheckTest {
    private final DoctorFixture doctor;

    ClockCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void isContentWithFilesOfThePast() throws Exception {
        assertThat(doctor.findings(new ClockCheck())).isEmpty();
    }

    @Test
    void findsAFileOfTheFutureUntilItIsTouched() throws Exception {
        var log = DoctorFixture.write(doctor.home.logs().resolve("openclaw.log"), "");
        Files.setLastModifiedTime(log, FileTime.from(doctor.days(3)));

        var finding = doctor.findings(new ClockCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("clock.back");
        assertThat(finding.text()).contains("openclaw.log was written 3 d after now");
        assertThat(doctor.type(finding).exit()).isZero();
        assertThat(doctor.findings(new ClockCheck())).isEmpty();
    }
}
