package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.trust.TrustFolder;

class InstallationFilesCheckTest {
    private final DoctorFixture doctor;

    InstallationFilesCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void isContentWithWhatWasReleased() throws Exception {
        var seen = new InstallationFilesCheck().look(doctor.situation());

        assertThat(seen.summary()).contains("as released");
        assertThat(seen.findings()).isEmpty();
    }

    @Test
    void findsAChangedFile() throws Exception {
        Files.writeString(doctor.installation.lib().resolve("launcher.jar"), "other classes");

        assertThat(doctor.findings(new InstallationFilesCheck()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("installation.changed");
                    assertThat(finding.text()).contains("lib/launcher.jar has been changed");
                    assertThat(finding.cure()).contains("Install the distribution again");
                });
    }

    @Test
    void findsAFileThatNobodyReleased() throws Exception {
        Files.writeString(doctor.installation.lib().resolve("more.jar"), "");

        assertThat(doctor.findings(new InstallationFilesCheck()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("installation.changed");
                    assertThat(finding.text()).contains("lib/more.jar");
                });
    }

    @Test
    void findsThatTheDigestListIsGone() throws Exception {
        Files.delete(doctor.installation.digests());

        assertThat(doctor.findings(new InstallationFilesCheck()))
                .extracting(Finding::id)
                .containsExactly("installation.changed");
    }

    @Test
    void findsThatNobodyTrustsWhoSignedIt() throws Exception {
        new TrustFolder(doctor.home.trust()).remove("vendor");

        assertThat(doctor.findings(new InstallationFilesCheck()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("installation.untrusted");
                    assertThat(finding.text()).contains("system publisher");
                });
    }

    @Test
    void takesALostPublisherFromTheInstallation() throws Exception {
        doctor.copyTrustToTheInstallation();
        new TrustFolder(doctor.home.trust()).remove("vendor");

        mended(new TrustStoreCheck());
        assertThat(doctor.findings(new InstallationFilesCheck())).isEmpty();
    }

    @Test
    void takesTheOneThatSignedItBesideOthers() throws Exception {
        doctor.copyTrustToTheInstallation();
        new TrustFolder(doctor.home.trust()).remove("vendor");
        doctor.publisher("acme", doctor.now);

        mended(new InstallationFilesCheck());
        assertThat(doctor.home.trust().resolve("publishers/acme.json")).exists();
    }

    @Test
    void takesTheOneThatSignedItInPlaceOfAnEarlierOne() throws Exception {
        doctor.copyTrustToTheInstallation();
        new TrustFolder(doctor.home.trust()).remove("vendor");
        doctor.publisher("vendor", doctor.now);

        mended(new InstallationFilesCheck());
    }

    private void mended(Check check) throws Exception {
        var finding = doctor.findings(check).getFirst();
        assertThat(finding.id()).isIn("publisher.none", "installation.untrusted");
        var typed = doctor.type(finding);
        assertThat(typed.exit()).as(typed.output()).isZero();
        assertThat(doctor.findings(check)).isEmpty();
    }

    @Test
    void findsABundleThatAFeatureNames() throws Exception {
        Files.delete(doctor.installation.bundles().resolve("settings-1.jar"));
        doctor.release();

        assertThat(doctor.findings(new InstallationFilesCheck()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("installation.incomplete");
                    assertThat(finding.text()).contains("'core'", "bundles/settings-1.jar");
                });
    }

    @Test
    void findsThatItIsNoInstallation() throws Exception {
        Files.move(doctor.installation.features(), doctor.installation.folder().resolve("elsewhere"));

        assertThat(doctor.findings(new InstallationFilesCheck()))
                .extracting(Finding::id)
                .containsExactly("installation.incomplete");
    }
}
