package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheCheckTest {
    private static final String KEY = "25.0.3+9-LTS-374837265-5521";

    private final DoctorFixture doctor;
    private final Path folder;

    StartCacheCheckTest(@TempDir Path temp) throws Exception {
        doctor = new DoctorFixture(temp);
        folder = doctor.installation.folder().resolve("aot");
    }

    @BeforeEach
    void look() throws Exception {
        doctor.properties.put(StartCacheCheck.KEY, KEY);
        cache("verbs-" + KEY);
        cache("server-" + KEY);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void isContentWithCachesOfThisJdkAndRelease() throws Exception {
        assertThat(new StartCacheCheck().look(doctor.situation())).isEqualTo(Examination.of("for server, verbs"));
    }

    @Test
    void doesNotMindWhereNoneIsUsed() throws Exception {
        doctor.properties.remove(StartCacheCheck.KEY);

        assertThat(new StartCacheCheck().look(doctor.situation())).isEqualTo(Examination.of("not used"));
    }

    @Test
    void hintsAtOneThatIsMissing() throws Exception {
        Files.delete(folder.resolve("server-" + KEY + ".aot"));
        assertThat(finding("aot.missing").text()).contains("for the container");

        Files.delete(folder.resolve("verbs-" + KEY + ".aot"));
        var finding = finding("aot.missing");
        assertThat(finding.severity()).isEqualTo(Severity.HINT);
        assertThat(finding.command().orElseThrow()).endsWith("/bin/claw' aot");
    }

    @Test
    void hintsAtThoseOfAnotherJdk() throws Exception {
        doctor.properties.put(StartCacheCheck.KEY, "26+1-374837265-5521");

        assertThat(finding("aot.stale").text()).contains("another JDK or release");
    }

    @Test
    void findsOneThatOthersMayWriteUntilItIsGone() throws Exception {
        var cache = folder.resolve("verbs-" + KEY + ".aot");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rw-rw-r--"));

        var finding = finding("aot.untrusted");
        assertThat(finding.subject()).isEqualTo(cache.toString());
        // 'claw aot' behind it has a real container to start
        doctor.type(finding);
        assertThat(cache).doesNotExist();
        finding("aot.missing");
    }

    @Test
    void findsAFolderOfAnotherUser() throws Exception {
        if (Files.getOwner(folder).getName().equals("root")) {
            // root's is everybody's
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } else {
            doctor.properties.put("user.name", "another");
        }

        var finding = finding("aot.untrusted");
        assertThat(finding.text()).contains("belongs to '");
        assertThat(finding.command().orElseThrow()).startsWith("sudo rm -rf -- '");
    }

    private void cache(String name) throws Exception {
        var file = DoctorFixture.write(folder.resolve(name + ".aot"), "classes");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Finding finding(String id) throws Exception {
        var findings = doctor.findings(new StartCacheCheck());
        assertThat(findings).extracting(Finding::id).containsExactly(id);
        return findings.getFirst();
    }
}
