package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {
    private final DoctorFixture doctor;

    DiskCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void saysHowMuchRoomThereIs() throws Exception {
        assertThat(new DiskCheck().look(doctor.situation())).isEqualTo(Examination.of("10 GiB of 20 GiB free"));
    }

    @Test
    void findsADiskWithLittleRoom() throws Exception {
        doctor.volume = new Machine.Volume("disk", 511L << 20, 1L << 30, false);
        assertThat(doctor.findings(new DiskCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("disk.low");
            assertThat(doctor.type(finding).output()).contains("home");
        });

        doctor.volume = new Machine.Volume("disk", 4L << 30, 100L << 30, false);
        assertThat(doctor.findings(new DiskCheck())).extracting(Finding::id).containsExactly("disk.low");
    }

    @Test
    void findsAFileSystemThatNobodyMayWrite() throws Exception {
        doctor.volume = new Machine.Volume("disk", 0, 1L << 30, true);

        assertThat(doctor.findings(new DiskCheck())).extracting(Finding::id).containsExactly("disk.readonly");
    }
}
