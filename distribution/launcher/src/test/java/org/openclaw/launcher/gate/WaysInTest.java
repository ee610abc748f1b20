package org.openclaw.launcher.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.BundleSigner;
import org.openclaw.deploy.trust.Grants;
import org.openclaw.deploy.trust.TrustException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Each way into the framework, and what does not get in by it. */
class WaysInTest {
    @TempDir
    private Path folder;

    private GatedFramework framework;
    private BundleSigner acme;

    @BeforeEach
    void start() throws IOException, BundleException, TrustException {
        acme = GatedFramework.publisher(folder, "acme", Grants.inProcess(List.of("acme.*")));
        framework = GatedFramework.start(folder);
        System.clearProperty(Intruder.PROPERTY);
    }

    @AfterEach
    void stop() throws BundleException {
        framework.close();
    }

    @Test
    void aSignedBundleOfATrustedPublisherRuns() throws Exception {
        var bundle = framework.deploy(framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar"));

        bundle.start();

        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(framework.gate().verdict(bundle)).get().isInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void anUnsignedFileIsNotAdmitted() throws Exception {
        var file = BundleJar.named("acme.bot", "1.0.0").write(folder.resolve("bot.jar"));

        assertThat(framework.gate().admit(file))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("signature.missing"));
        assertThat(folder.resolve("artifacts")).isDirectoryNotContaining("glob:**.jar");
    }

    @Test
    void aBundleThatAnotherBundleInstallsDoesNotResolve() throws Exception {
        var bundle = framework.context().installBundle("http://example.org/bot.jar", intruder("acme.bot").stream());

        assertRefused(bundle);
    }

    @Test
    void aSignedBundleThatComesPastTheGateDoesNotResolve() throws Exception {
        var signed = framework.signed(acme, intruder("acme.bot"), "bot.jar");

        assertRefused(framework.context().installBundle(signed.toUri().toString()));
    }

    @Test
    void aReferenceIntoTheArtifactStoreDoesNotResolve() throws Exception {
        var admitted =
                (Verdict.Trusted) framework.gate().admit(framework.signed(acme, intruder("acme.bot"), "bot.jar"));
        var stored = framework.gate().stored(admitted.artifact().digest()).orElseThrow();

        assertRefused(framework.context().installBundle("reference:" + stored.toUri()));
    }

    @Test
    void anUpdateWithOtherBytesDoesNotResolve() throws Exception {
        var bundle = framework.deploy(framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar"));

        bundle.update(intruder("acme.bot").stream());

        assertRefused(bundle);
    }

    @Test
    void anUpdateOfARunningBundleNeverRunsTheOtherBytes() throws Exception {
        var bundle = framework.deploy(framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar"));
        bundle.start();

        assertThatExceptionOfType(BundleException.class).isThrownBy(() -> bundle.update(intruder("acme.bot").stream()));

        assertThat(System.getProperty(Intruder.PROPERTY)).isNull();
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void aFragmentDoesNotAttachToATrustedHost() throws Exception {
        var host = framework.deploy(framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar"));
        var fragment = framework
                .context()
                .installBundle(
                        "fragment",
                        BundleJar.named("acme.fragment", "1.0.0")
                                .header("Fragment-Host", "acme.bot")
                                .text("hostile.txt", "hostile")
                                .stream());

        framework.resolveAll();
        host.start();

        assertThat(fragment.getState()).isEqualTo(Bundle.INSTALLED);
        assertThat(host.getEntry("hostile.txt")).isNull();
        assertThat(host.getResource("hostile.txt")).isNull();
    }

    @Test
    void anExtensionOfTheFrameworkNeverRunsItsActivator() throws Exception {
        var extension = intruder("acme.extension")
                .without("Import-Package")
                .header("Fragment-Host", "system.bundle; extension:=framework")
                .header("ExtensionBundle-Activator", Intruder.class.getName());

        try {
            var bundle = framework.context().installBundle("extension", extension.stream());
            assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
        } catch (BundleException refused) {
            assertThat(refused).hasMessageContaining("xtension");
        }

        assertThat(System.getProperty(Intruder.PROPERTY)).isNull();
    }

    @Test
    void aBundleThatRequiresNothingDoesNotResolve() throws Exception {
        var bundle = framework
                .context()
                .installBundle("bare", BundleJar.named("acme.bare", "1.0.0").without("Import-Package").stream());

        framework.resolveAll();

        assertRefused(bundle);
    }

    @Test
    void aBundleAtTheLocationOfATrustedOneIsReplacedByIt() throws Exception {
        var admitted = (Verdict.Trusted)
                framework.gate().admit(framework.signed(acme, BundleJar.named("acme.bot", "1.0.0"), "bot.jar"));
        var artifact = admitted.artifact();
        var location = "claw:%s/%s/%s".formatted(artifact.name(), artifact.version(), artifact.digest());
        framework.context().installBundle(location, intruder("acme.bot").stream());

        var bundle = framework.gate().install(artifact.digest());
        bundle.start();

        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(System.getProperty(Intruder.PROPERTY)).isNull();
    }

    @Test
    void aRefusedBundleDoesNotKeepOthersFromResolving() throws Exception {
        framework.context().installBundle("better", exporter("acme.better", "2.0.0").stream());
        var provider = framework.deploy(framework.signed(acme, exporter("acme.provider", "1.0.0"), "provider.jar"));
        var user = framework.deploy(framework.signed(acme, importer("acme.user"), "user.jar"));

        framework.resolveAll();

        assertThat(List.of(provider, user)).extracting(Bundle::getState).containsOnly(Bundle.RESOLVED);
    }

    @Test
    void aRefusedBundleThatRequiresNothingDoesNotKeepOthersFromStarting() throws Exception {
        framework
                .context()
                .installBundle("bare", BundleJar.named("acme.bare", "1.0.0").without("Import-Package").stream());
        var provider = framework.deploy(framework.signed(acme, exporter("acme.provider", "1.0.0"), "provider.jar"));
        var user = framework.deploy(framework.signed(acme, importer("acme.user"), "user.jar"));

        user.start();

        assertThat(List.of(provider, user))
                .extracting(Bundle::getState)
                .containsExactly(Bundle.RESOLVED, Bundle.ACTIVE);
    }

    @Test
    void nobodyIsWiredToARefusedBundle() throws Exception {
        framework.context().installBundle("better", exporter("acme.better", "2.0.0").stream());
        var user = framework.deploy(framework.signed(acme, importer("acme.user"), "user.jar"));

        assertThatExceptionOfType(BundleException.class).isThrownBy(user::start).withMessageContaining("acme.api");
    }

    @Test
    void theRefusalOfABundleThatIsStartedWithTheFrameworkIsAnEvent() throws Exception {
        var bundle = framework.context().installBundle("late", intruder("acme.late").stream());
        bundle.adapt(BundleStartLevel.class).setStartLevel(2);
        bundle.start();

        framework.raiseStartLevel();

        assertThat(framework.awaitError("[gate.bypass]")).contains("Refused acme.late");
    }

    private void assertRefused(Bundle bundle) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::start)
                .withMessageContaining("Refused acme.")
                .withMessageContaining("past the gate")
                .withMessageContaining("expected: a signed jar in deploy/")
                .withMessageContaining("claw sign")
                .withMessageContaining("[gate.bypass]");
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
        assertThat(System.getProperty(Intruder.PROPERTY)).isNull();
        assertThat(framework.gate().verdict(bundle))
                .get()
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("gate.bypass"));
    }

    private static BundleJar exporter(String name, String version) {
        return BundleJar.named(name, version)
                .header("Export-Package", "acme.api;version=" + version)
                .text("acme/api/readme.txt", name);
    }

    private static BundleJar importer(String name) {
        return BundleJar.named(name, "1.0.0").header("Import-Package", "acme.api");
    }

    private static BundleJar intruder(String name) throws IOException {
        return BundleJar.named(name, "1.0.0").type(Intruder.class).header("Bundle-Activator", Intruder.class.getName());
    }
}
