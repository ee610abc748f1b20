package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.trust.TrustFolder;

class TrustStoreCheckTest {
    private final DoctorFixture doctor;

    TrustStoreCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    @Test
    void saysWhoIsTrusted() throws Exception {
        var seen = new TrustStoreCheck().look(doctor.situation());

        assertThat(seen.summary()).isEqualTo("trusts vendor");
        assertThat(seen.findings()).isEmpty();
    }

    @Test
    void findsThatNobodyIsTrustedUntilAPublisherIsMade() throws Exception {
        new TrustFolder(doctor.home.trust()).remove("vendor");

        mended(finding("publisher.none"), "");
    }

    @Test
    void findsAPublisherThatCannotBeReadUntilItIsCorrected() throws Exception {
        var file = doctor.home.trust().resolve("publishers/vendor.json");
        var sound = Files.readString(file);
        Files.writeString(file, sound.replace("\"mutable\"", "\"mutabel\""));

        var finding = finding("trust.publisher");
        assertThat(finding.subject()).isEqualTo("conf/trust/publishers/vendor.json");
        assertThat(finding.text()).contains("mutabel");
        mended(finding, sound);
    }

    @Test
    void findsAnAnchorThatIsMissingAndTakesItFromTheKeys() throws Exception {
        doctor.publisher("acme", doctor.now);
        Files.delete(doctor.home.trust().resolve("roots/acme.pem"));

        var finding = finding("trust.anchor");
        assertThat(finding.text()).contains("'acme'");
        mended(finding, "");
    }

    @Test
    void findsAnAnchorOfOthersThatIsMissing() throws Exception {
        Files.delete(doctor.home.trust().resolve("roots/vendor.pem"));

        assertThat(finding("trust.anchor").cure()).contains("Add the certificate there");
    }

    @Test
    void findsACertificateThatIsNoneUntilItIsTakenOut() throws Exception {
        DoctorFixture.write(doctor.home.trust().resolve("roots/broken.pem"), "no certificate");

        mended(finding("trust.certificate"), "");
    }

    @Test
    void findsARevocationListThatCannotBeReadUntilItIsTakenOut() throws Exception {
        DoctorFixture.write(doctor.home.trust().resolve("crl/broken.crl"), "no list");

        var finding = finding("trust.crl");
        assertThat(finding.why()).contains("nothing new is let in");
        mended(finding, "");
    }

    @Test
    void findsARevocationListThatIsOutOfDate() throws Exception {
        var list = DoctorFixture.write(doctor.home.trust().resolve("crl/ca.crl"), "");
        Files.write(list, RevocationLists.empty(doctor.now, doctor.days(7)));

        assertThat(doctor.findings(new TrustStoreCheck())).isEmpty();
        doctor.now = doctor.days(8);
        assertThat(finding("crl.stale").subject()).isEqualTo("conf/trust/crl/ca.crl");
    }

    @Test
    void findsRevocationsThatCannotBeReadUntilTheyAreCorrected() throws Exception {
        DoctorFixture.write(doctor.home.trust().resolve("revoked.json"), "{\"serial\": ");

        mended(finding("revoked.unreadable"), "{\"serial\": 1}");
    }

    @Test
    void findsRevocationsThatWentBack() throws Exception {
        DoctorFixture.write(doctor.home.trust().resolve("revoked.json"), "{\"serial\": 3}");
        DoctorFixture.write(doctor.home.data().resolve("artifacts/revoked.serial"), "4");

        assertThat(finding("revoked.rolledback").text()).contains("serial 3, known: 4");
    }

    private Finding finding(String id) throws Exception {
        var findings = doctor.findings(new TrustStoreCheck());
        assertThat(findings).extracting(Finding::id).containsExactly(id);
        return findings.getFirst();
    }

    private void mended(Finding finding, String edited) throws Exception {
        var typed = doctor.type(finding, edited);
        assertThat(typed.exit()).as(typed.output()).isZero();
        assertThat(doctor.findings(new TrustStoreCheck())).isEmpty();
    }
}
