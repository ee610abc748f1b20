package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesCheckTest {
    private final DoctorFixture doctor;

    CertificatesCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    private static final int LEAF_DAYS = 730;
    private static final int ANCHOR_DAYS = 3652;

    @Test
    void isContentWithFreshKeys() throws Exception {
        doctor.publisher("acme", doctor.now);
        var seen = new CertificatesCheck().look(doctor.situation());

        assertThat(seen.summary()).isEqualTo("1 own, 2 trusted");
        assertThat(seen.findings()).isEmpty();
    }

    @Test
    void findsAKeyThatExpiresSoonUntilItIsRenewed() throws Exception {
        doctor.publisher("acme", doctor.days(20 - LEAF_DAYS));

        var finding = doctor.findings(new CertificatesCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("key.expiring");
        assertThat(finding.subject()).isEqualTo("conf/keys/acme/classical.chain.pem");
        var typed = doctor.type(finding);
        assertThat(typed.exit()).as(typed.output()).isZero();
        assertThat(doctor.findings(new CertificatesCheck())).isEmpty();
    }

    @Test
    void findsAKeyThatHasExpiredUntilItIsRenewed() throws Exception {
        doctor.publisher("acme", doctor.days(-1 - LEAF_DAYS));

        var finding = doctor.findings(new CertificatesCheck()).getFirst();
        assertThat(finding.id()).isEqualTo("key.expired");
        assertThat(doctor.type(finding).exit()).isZero();
        assertThat(doctor.findings(new CertificatesCheck())).isEmpty();
    }

    @Test
    void findsAnAnchorThatExpiresSoonOrHasExpired() throws Exception {
        doctor.now = doctor.days(ANCHOR_DAYS - 10);
        assertThat(doctor.findings(new CertificatesCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("anchor.expiring");
            assertThat(finding.text()).contains("CN=vendor anchor");
        });

        doctor.now = doctor.days(11);
        assertThat(doctor.findings(new CertificatesCheck()))
                .extracting(Finding::id)
                .containsExactly("anchor.expired");
    }
}
