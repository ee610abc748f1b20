package org.openclaw.launcher.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.Grants;
import org.openclaw.deploy.trust.Revocations;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.VersionRange;

class TrustGateTest {
    @TempDir
    private Path folder;

    private BundleSigner acme;

    @BeforeEach
    void trust() throws Exception {
        acme = GatedFramework.publisher(folder, "acme", Grants.inProcess(List.of("acme.*")));
    }

    @Test
    void judgesAnArtifactAgainAfterARestart() throws Exception {
        var digest = admitted(BundleJar.named("acme.bot", "1.0.0"));

        try (var framework = GatedFramework.start(folder)) {
            assertThat(framework.gate().recheck(digest)).isInstanceOf(Verdict.Trusted.class);
            assertThat(framework.gate().install(digest).getLocation()).isEqualTo("claw:acme.bot/1.0.0/" + digest);
        }
    }

    @Test
    void refusesAnArtifactWhoseStoredBytesWereSwapped() throws Exception {
        var digest = admitted(BundleJar.named("acme.bot", "1.0.0"));
        BundleJar.named("acme.bot", "6.6.6").write(folder.resolve("artifacts").resolve(digest + ".jar"));

        try (var framework = GatedFramework.start(folder)) {
            assertThat(code(framework.gate().recheck(digest))).isEqualTo("store.changed");
            assertThatExceptionOfType(BundleException.class)
                    .isThrownBy(() -> framework.gate().install(digest))
                    .withMessageContaining("store.changed");
        }
    }

    @Test
    void refusesAnArtifactThatWasSwappedWhileTheContainerRuns() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var digest = admit(framework, acme, BundleJar.named("acme.bot", "1.0.0"));
            BundleJar.named("acme.bot", "6.6.6")
                    .write(folder.resolve("artifacts").resolve(digest + ".jar"));

            assertThatExceptionOfType(BundleException.class)
                    .isThrownBy(() -> framework.gate().install(digest))
                    .withMessageContaining("store.changed");
        }
    }

    @Test
    void refusesAnArtifactThatIsOnlyALinkInTheStore() throws Exception {
        var digest = admitted(BundleJar.named("acme.bot", "1.0.0"));
        var stored = folder.resolve("artifacts").resolve(digest + ".jar");
        Files.move(stored, folder.resolve("elsewhere.jar"));
        Files.createSymbolicLink(stored, folder.resolve("elsewhere.jar"));

        try (var framework = GatedFramework.start(folder)) {
            assertThat(code(framework.gate().recheck(digest))).isEqualTo("store.missing");
        }
    }

    @Test
    void admittingAgainMendsTheStore() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var jar = framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar");
            var digest = digest(framework.gate().admit(jar));
            Files.writeString(folder.resolve("artifacts").resolve(digest + ".jar"), "damaged");

            framework.gate().admit(jar);

            assertThat(framework.gate().recheck(digest)).isInstanceOf(Verdict.Trusted.class);
        }
    }

    @Test
    void refusesOtherBytesUnderAKnownVersionAfterARestartToo() throws Exception {
        admitted(BundleJar.named("acme.bot", "1.0.0"));

        try (var framework = GatedFramework.start(folder)) {
            var other =
                    framework.signed(acme, BundleJar.named("acme.bot", "1.0.0").text("more", "more"), "bot.jar");

            assertThat(code(framework.gate().admit(other))).isEqualTo("artifact.changed");
        }
    }

    @Test
    void anAgentTypeBelongsToThePublisherThatFirstBroughtIt() throws Exception {
        var other = GatedFramework.publisher(folder, "other", Grants.inProcess(List.of("other.*")));
        var capability = "org.openclaw.agent;org.openclaw.agent=triage";
        admitted(BundleJar.named("acme.bot", "1.0.0").header("Provide-Capability", capability));

        try (var framework = GatedFramework.start(folder)) {
            var late = framework.signed(
                    other, BundleJar.named("other.bot", "1.0.0").header("Provide-Capability", capability), "bot.jar");

            assertThat(code(framework.gate().admit(late))).isEqualTo("publisher.agent.taken");
        }
    }

    @Test
    void anAgentTypeKeepsItsPublisherWhateverHappensToTheData() throws Exception {
        var other = GatedFramework.publisher(folder, "other", Grants.inProcess(List.of("other.*")));
        var capability = "org.openclaw.agent;org.openclaw.agent=triage";
        var first = admitted(BundleJar.named("acme.bot", "1.0.0").header("Provide-Capability", capability));
        Files.delete(folder.resolve("artifacts").resolve(first + ".jar"));
        Files.writeString(
                folder.resolve("artifacts/known.json"), "{\"bundles\": {}, \"agents\": {\"triage\": \"other\"}}");

        try (var framework = GatedFramework.start(folder)) {
            var late = framework.signed(
                    other, BundleJar.named("other.bot", "1.0.0").header("Provide-Capability", capability), "bot.jar");

            assertThat(code(framework.gate().admit(late))).isEqualTo("publisher.agent.taken");
        }
    }

    @Test
    void trustsNothingNewWhenTheTrustStoreHasGoneBackAsAWhole() throws Exception {
        new Revocations(folder.resolve("trust")).revokeBundle("acme.old", new VersionRange("1.0"));
        GatedFramework.start(folder).close();
        Files.delete(folder.resolve("trust/revoked.json"));

        try (var framework = GatedFramework.start(folder)) {
            var jar = framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar");

            assertThat(code(framework.gate().admit(jar))).isEqualTo("revoked.rolledback");
        }
    }

    @Test
    void writesThroughNoLinkThatLiesInTheStore() throws Exception {
        var policy = folder.resolve("trust/publishers/acme.json");
        var before = Files.readString(policy);
        Files.createDirectories(folder.resolve("artifacts"));
        Files.createSymbolicLink(folder.resolve("artifacts/revoked.serial.new"), policy);
        new Revocations(folder.resolve("trust")).revokeBundle("acme.old", new VersionRange("1.0"));

        GatedFramework.start(folder).close();

        assertThat(policy).hasContent(before);
    }

    @Test
    void readsNoLinkAsAJar() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var jar = framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar");
            var link = Files.createSymbolicLink(folder.resolve("link.jar"), jar);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> framework.gate().admit(link));
        }
    }

    @Test
    void tellsOfARevocationWithinTwoSeconds() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var bundle = framework.deploy(framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar"));
            bundle.start();
            var told = new CountDownLatch(1);
            try (var _ = framework.gate().onPolicyChange(told::countDown)) {
                new Revocations(folder.resolve("trust")).revokeBundle("acme.bot", new VersionRange("[1.0,2.0)"));

                assertThat(told.await(2, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(framework.gate().verdict(bundle).map(TrustGateTest::code))
                    .contains("revoked.bundle");
        }
    }

    @Test
    void aRevokedBundleDoesNotResolveAgain() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var bundle = framework.deploy(framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar"));
            var told = new CountDownLatch(1);
            try (var _ = framework.gate().onPolicyChange(told::countDown)) {
                new Revocations(folder.resolve("trust")).revokeBundle("acme.bot", new VersionRange("1.0"));
                assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            }

            assertThatExceptionOfType(BundleException.class)
                    .isThrownBy(bundle::start)
                    .withMessageContaining("revoked.bundle");
            assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
        }
    }

    @Test
    void aListenerThatWasClosedIsToldNoMore() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var early = new CountDownLatch(1);
            framework.gate().onPolicyChange(early::countDown).close();
            var told = new CountDownLatch(1);
            try (var _ = framework.gate().onPolicyChange(told::countDown)) {
                new Revocations(folder.resolve("trust")).revokeBundle("acme.bot", new VersionRange("1.0"));
                assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(early.getCount()).isEqualTo(1);
        }
    }

    @Test
    void dropsWhatIsNotToBeRetained() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var old = admit(framework, acme, BundleJar.named("acme.bot", "1.0.0"));
            var present = admit(framework, acme, BundleJar.named("acme.bot", "1.1.0"));

            framework.gate().retain(Set.of(present));

            assertThat(framework.gate().stored(old)).isEmpty();
            assertThat(framework.gate().stored(present)).isPresent();
        }
    }

    @Test
    void installsAnArtifactOnce() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var digest = admit(framework, acme, BundleJar.named("acme.bot", "1.0.0"));

            assertThat(framework.gate().install(digest))
                    .isSameAs(framework.gate().install(digest));
        }
    }

    @Test
    void twoVersionsOfABundleAreSideBySide() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            var first = framework.gate().install(admit(framework, acme, BundleJar.named("acme.bot", "1.0.0")));
            var second = framework.gate().install(admit(framework, acme, BundleJar.named("acme.bot", "1.1.0")));
            first.start();
            second.start();

            assertThat(List.of(first, second)).extracting(Bundle::getState).containsOnly(Bundle.ACTIVE);
        }
    }

    @Test
    void hasNoVerdictOnTheContainersOwnBundles() throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            assertThat(framework.gate().verdict(framework.context().getBundle()))
                    .isEmpty();
        }
    }

    private Digest admitted(BundleJar jar) throws Exception {
        try (var framework = GatedFramework.start(folder)) {
            return admit(framework, acme, jar);
        }
    }

    private static Digest admit(GatedFramework framework, BundleSigner signer, BundleJar jar) throws Exception {
        return digest(framework.gate().admit(framework.signed(signer, jar, "admitted.jar")));
    }

    private static Digest digest(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> trusted.artifact().digest();
            case Verdict.Refused refused -> throw new AssertionError(refused.text());
        };
    }

    private static String code(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused ? refused.code() : "trusted";
    }
}
