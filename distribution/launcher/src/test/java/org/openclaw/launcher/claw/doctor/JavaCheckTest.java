package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCheckTest {
    private final DoctorFixture doctor;

    JavaCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void saysWhichJavaIsUsed() throws Exception {
        var seen = new JavaCheck().look(doctor.situation());

        assertThat(seen.summary()).isEqualTo("25.0.3 in /opt/jdk-25");
        assertThat(seen.findings()).isEmpty();
    }

    @Test
    void findsAJavaThatIsTooOld() throws Exception {
        doctor.java = new Machine.Java(21, "21.0.1", Path.of("/opt/jdk-21"));

        assertThat(doctor.findings(new JavaCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("java.old");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.text()).contains("21.0.1", "25 or newer");
        });
    }

    @Test
    void findsAJavaHomeThatIsPassedOverUntilItIsSetRight(@TempDir Path jdks) throws Exception {
        doctor.java = new Machine.Java(25, "25.0.3", jdk(jdks.resolve("the new one"), "25.0.3"));
        doctor.environment.put("JAVA_HOME", jdk(jdks.resolve("old"), "17.0.9").toString());

        var finding = doctor.findings(new JavaCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("java.home.ignored");
        assertThat(finding.severity()).isEqualTo(Severity.HINT);
        assertThat(finding.text()).contains("a Java 17", "the new one");

        var shell =
                new ProcessBuilder("sh", "-c", finding.command().orElseThrow() + "; printf %s \"$JAVA_HOME\"").start();
        doctor.environment.put("JAVA_HOME", new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(doctor.findings(new JavaCheck())).isEmpty();
    }

    @Test
    void findsAJavaHomeThatIsNone() throws Exception {
        doctor.environment.put("JAVA_HOME", "/nowhere");

        assertThat(doctor.findings(new JavaCheck()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("which is no JDK"));
    }

    private static Path jdk(Path home, String version) throws Exception {
        DoctorFixture.write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        var java = DoctorFixture.write(home.resolve("bin/java"), "");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}
