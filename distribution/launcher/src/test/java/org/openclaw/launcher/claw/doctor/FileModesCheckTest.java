package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileModesCheckTest {
    private final DoctorFixture doctor;

    FileModesCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void isContentWithWhatAStartMakes() throws Exception {
        assertThat(doctor.findings(new FileModesCheck())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "conf/admin.token, rw-r-----",
        "conf/admin.token, rw----r--",
        "conf/reader.token, rw----r--",
        "conf/keys, rwxr-x---",
        "data, rwx---r-x",
        "data, rwx-w----"
    })
    void findsASecretThatOthersReadUntilItIsClosed(String file, String mode) throws Exception {
        assertThat(mended(file, mode)).isEqualTo("file.readable");
    }

    @Test
    void findsAKeyThatOthersReadUntilItIsClosed() throws Exception {
        doctor.publisher("acme", doctor.now);

        assertThat(mended("conf/keys/acme/classical.key.pem", "rw-r--r--")).isEqualTo("file.readable");
    }

    @ParameterizedTest
    @CsvSource({
        "conf/openclaw.json, rw-rw-rw-",
        "conf/trust/publishers, rwxr-xrwx",
        "../installation/lib/launcher.jar, rw-r--rw-"
    })
    void findsWhatOthersMayWriteUntilItIsClosed(String file, String mode) throws Exception {
        assertThat(mended(file, mode)).isEqualTo("file.writable");
    }

    @Test
    void lendsTheReadersTokenToAGroup() throws Exception {
        Files.setPosixFilePermissions(doctor.home.readerToken(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(doctor.findings(new FileModesCheck())).isEmpty();
    }

    /** The id of what is found while a file has this mode; its cure is typed and takes it away. */
    private String mended(String file, String mode) throws Exception {
        Files.setPosixFilePermissions(doctor.home.folder().resolve(file), PosixFilePermissions.fromString(mode));
        var findings = doctor.findings(new FileModesCheck());
        assertThat(findings).hasSize(1);
        assertThat(doctor.type(findings.getFirst())).isEqualTo(new DoctorFixture.Typed(0, ""));
        assertThat(doctor.findings(new FileModesCheck())).isEmpty();
        return findings.getFirst().id();
    }
}
