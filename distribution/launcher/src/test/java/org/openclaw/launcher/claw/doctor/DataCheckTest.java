package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.DataVersion;
import org.openclaw.launcher.RunningFile;

class DataCheckTest {
    private final DoctorFixture doctor;

    DataCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void isContentWithDataOfThisRelease() throws Exception {
        DoctorFixture.write(DataVersion.file(doctor.home.data()), DataVersion.PRESENT + "\n");

        assertThat(new DataCheck().look(doctor.situation())).isEqualTo(Examination.of("version 1"));
    }

    @Test
    void findsDataOfANewerRelease() throws Exception {
        DoctorFixture.write(DataVersion.file(doctor.home.data()), "7\n");

        assertThat(doctor.findings(new DataCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("data.newer");
            assertThat(finding.text()).contains("version 7");
        });
    }

    @Test
    void findsDataOfNoVersion() throws Exception {
        DoctorFixture.write(DataVersion.file(doctor.home.data()), "seven");

        assertThat(doctor.findings(new DataCheck())).extracting(Finding::id).containsExactly("data.unknown");
    }

    @Test
    void findsWhatACrashHasLeftUntilItIsRemoved() throws Exception {
        DoctorFixture.write(doctor.home.running(), "{\"pid\": 7}");

        var finding = doctor.findings(new DataCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("running.stale");
        assertThat(doctor.type(finding).exit()).isZero();
        assertThat(doctor.findings(new DataCheck())).isEmpty();
    }

    @Test
    void doesNotTakeARunForACrash() throws Exception {
        DoctorFixture.write(doctor.home.running(), "{\"pid\": 7}");
        doctor.running = Optional.of(new RunningFile(7, ""));

        assertThat(doctor.findings(new DataCheck())).isEmpty();
    }

    @Test
    void findsAMemoryOfAdmittedArtifactsThatWasDamaged() throws Exception {
        DoctorFixture.write(doctor.home.trust().resolve("known.json.damaged"), "{");

        assertThat(doctor.findings(new DataCheck())).extracting(Finding::id).containsExactly("trust.memory.damaged");
    }
}
