package org.openclaw.launcher.claw.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Digest;

class BundlesCheckTest {
    private final DoctorFixture doctor;

    BundlesCheckTest(@TempDir Path folder) throws Exception {
        doctor = new DoctorFixture(folder);
    }

    private static final int LEAF_DAYS = 730;

    @Test
    void isContentWithASignedBundle() throws Exception {
        doctor.bundle("acme.bot", doctor.publisher("acme", doctor.now), doctor.now);
        var seen = new BundlesCheck().look(doctor.situation());

        assertThat(seen.summary()).isEqualTo("1 in deploy/, 1 trusted");
        assertThat(seen.findings()).isEmpty();
    }

    @Test
    void findsABundleThatNobodySignedUntilItIsSigned() throws Exception {
        doctor.publisher("acme", doctor.now);
        doctor.bundle("acme.bot");

        var finding = finding("bundle.refused");
        assertThat(finding.subject()).isEqualTo("acme.bot.jar");
        assertThat(finding.text()).contains("[signature.missing]");
        var typed = doctor.type(finding);
        assertThat(typed.exit()).as(typed.output()).isZero();
        assertThat(doctor.findings(new BundlesCheck())).isEmpty();
    }

    @Test
    void findsABundleOutsideOfWhatItsPublisherMayUse() throws Exception {
        doctor.bundle("other.bot", doctor.publisher("acme", doctor.now), doctor.now);

        assertThat(finding("bundle.refused").text()).contains("[publisher.bundle]");
    }

    @Test
    void findsABundleWhoseSignerExpiredAfterItWasAdmitted() throws Exception {
        var keys = doctor.publisher("acme", doctor.now);
        var jar = doctor.bundle("acme.bot", keys, doctor.now);
        doctor.now = doctor.days(LEAF_DAYS + 1);
        assertThat(finding("bundle.refused").text()).contains("[signer.expired]");

        DoctorFixture.write(
                doctor.home.trust().resolve("known.json"),
                "{\"bundles\": {\"acme.bot/1.0.0\": \""
                        + Digest.of(Files.readAllBytes(jar)).hex() + "\"}}");
        assertThat(finding("bundle.flagged").severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void findsABundleWhoseSignerExpiresSoon() throws Exception {
        doctor.bundle("acme.bot", doctor.publisher("acme", doctor.now), doctor.now);
        doctor.now = doctor.days(LEAF_DAYS - 10);

        assertThat(finding("signer.expiring").subject()).isEqualTo("deploy/acme.bot.jar");
    }

    @Test
    void leavesItToTheContainerToSayWhatIsRefused() throws Exception {
        doctor.bundle("acme.bot");
        doctor.server = new ServerView.Answering(true, List.of(), Optional.of(List.of()));

        assertThat(doctor.findings(new BundlesCheck())).isEmpty();
    }

    private Finding finding(String id) throws Exception {
        var findings = doctor.findings(new BundlesCheck());
        assertThat(findings).extracting(Finding::id).containsExactly(id);
        return findings.getFirst();
    }
}
