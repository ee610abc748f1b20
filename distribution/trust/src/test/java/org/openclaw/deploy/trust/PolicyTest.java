package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** The policy over time and over what else is installed; what it refuses outright is in {@link TrustAttacks}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyTest {
    private static final Instant NOW = Scene.NOW;
    private static final Digest OTHER = new Digest("a".repeat(64));

    @TempDir
    Path folder;

    private Scene.Cast cast;
    private Scene scene;
    private int scenes;

    @BeforeAll
    void makeKeys() throws Exception {
        cast = Scene.Cast.make();
    }

    @BeforeEach
    void setScene() throws Exception {
        scene = new Scene(cast, folder.resolve("trust-" + scenes++));
    }

    /** What the installer knows, as three maps. */
    private record Installed(Map<String, String> agents, Map<String, String> bundles, Map<String, Digest> digests)
            implements Policy.Known {
        @Override
        public Optional<String> publisherOf(String agentType) {
            return Optional.ofNullable(agents.get(agentType));
        }

        @Override
        public Optional<String> publisherOfBundle(String symbolicName) {
            return Optional.ofNullable(bundles.get(symbolicName));
        }

        @Override
        public Optional<Digest> digestOf(String symbolicName, Version version) {
            return Optional.ofNullable(digests.get(symbolicName + " " + version));
        }
    }

    @ParameterizedTest
    @CsvSource({"-31,signer.notyet", "-29,", "364,", "366,signer.expired"})
    void asksWhetherTheSignerIsValidNow(int days, String code) throws Exception {
        var verdict = judge(jar(Map.of()), NOW.plus(Duration.ofDays(days)), Policy.Known.nothing(), false);
        assertThat(code(verdict)).isEqualTo(code == null ? "trusted" : code);
    }

    @Test
    void flagsAnExpiredSignerOfWhatRuns() throws Exception {
        var verdict = judge(jar(Map.of()), NOW.plus(Duration.ofDays(366)), Policy.Known.nothing(), true);
        assertFlagged(verdict, "signer.expired");
        assertThat(verdict.text())
                .startsWith("Trusted acme.jar: acme.bot 1.0.0")
                .contains("has expired");
    }

    @Test
    void flagsAStaleRevocationListOfWhatRuns() throws Exception {
        scene.crl("acme", CertificateForge.crl(cast.root(), NOW.minus(Scene.DAY), NOW.plus(Scene.DAY)));
        var jar = jar(Map.of());
        assertThat(code(judge(jar, NOW, Policy.Known.nothing(), false))).isEqualTo("trusted");
        var later = NOW.plus(Scene.DAY.multipliedBy(2));
        assertThat(code(judge(jar, later, Policy.Known.nothing(), false))).isEqualTo("crl.stale");
        assertFlagged(judge(jar, later, Policy.Known.nothing(), true), "crl.stale");
    }

    @Test
    void flagsAnExpiredSignerAndAStaleListOfWhatWasAdmittedBefore() throws Exception {
        scene.crl("acme", CertificateForge.crl(cast.root(), NOW.minus(Scene.DAY), NOW.plus(Scene.DAY)));
        var jar = jar(Map.of());
        assertThat(judgeAgain(jar, NOW.plus(Duration.ofDays(366)), Policy.Known.nothing()))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> assertThat(trusted.flags())
                                .extracting(Verdict.Flag::code)
                                .containsExactly("signer.expired", "crl.stale"));
    }

    @Test
    void anExpiredSignerHidesNothingElseOfWhatWasAdmittedBefore() throws Exception {
        var jar = jar(Map.of());
        var late = NOW.plus(Duration.ofDays(366));
        var known = new Installed(Map.of(), Map.of(), Map.of("acme.bot 1.0.0", OTHER));
        assertThat(code(judgeAgain(jar, late, known))).isEqualTo("artifact.changed");
        scene.policy("minVersions", Map.of("acme.bot", "2.0.0"));
        assertThat(code(judgeAgain(jar, late, Policy.Known.nothing()))).isEqualTo("publisher.version");
        Files.delete(scene.trust.resolve("publishers/acme.json"));
        assertThat(code(judgeAgain(jar, late, Policy.Known.nothing()))).isEqualTo("publisher.unknown");
    }

    @Test
    void flagsWhatRunsWhenItsPublisherIsNoLongerTrusted() throws Exception {
        var jar = jar(Map.of());
        Files.delete(scene.trust.resolve("publishers/acme.json"));
        assertFlagged(judge(jar, NOW, Policy.Known.nothing(), true), "publisher.unknown");
        Files.delete(scene.trust.resolve("roots/acme.pem"));
        assertFlagged(judge(jar, NOW, Policy.Known.nothing(), true), "signer.untrusted");
    }

    @Test
    void flagsWhatRunsWhenTheRevokedFileIsDamaged() throws Exception {
        var jar = jar(Map.of());
        Files.writeString(scene.trust.resolve("revoked.json"), "{");
        assertFlagged(judge(jar, NOW, Policy.Known.nothing(), true), "revoked.unreadable");
    }

    @Test
    void stopsWhatRunsByARevokedFileKeyOrBundle() throws Exception {
        var jar = jar(Map.of());
        scene.revocations().revokeBundle("acme.bot", VersionRange.valueOf("[1.0,2.0)"));
        assertThat(code(judge(jar, NOW, Policy.Known.nothing(), true))).isEqualTo("revoked.bundle");
        setScene();
        scene.revocations().revokeKey(new Digest(Scene.key(cast.root())));
        assertThat(code(judge(jar, NOW, Policy.Known.nothing(), true))).isEqualTo("revoked.key");
        setScene();
        scene.revocations().revokeFile(jar.digest());
        assertThat(code(judge(jar, NOW, Policy.Known.nothing(), true))).isEqualTo("revoked.file");
    }

    @Test
    void stopsWhatRunsByItsAuthoritysListAlthoughExpiredAndStale() throws Exception {
        var jar = jar(Map.of());
        scene.crl(
                "acme",
                CertificateForge.crl(
                        cast.root(), NOW.minus(Scene.DAY), NOW, cast.leaf().certificate()));
        var late = NOW.plus(Duration.ofDays(400));
        assertThat(code(judge(jar, late, Policy.Known.nothing(), true))).isEqualTo("signer.revoked");
    }

    @ParameterizedTest
    @CsvSource({"false,artifact.changed", "true,trusted"})
    void takesOtherBytesUnderOneVersionOnlyFromAMutablePublisher(boolean mutable, String code) throws Exception {
        scene.policy("mutable", mutable);
        var known = new Installed(Map.of(), Map.of(), Map.of("acme.bot 1.0.0", OTHER));
        assertThat(code(judge(jar(Map.of()), NOW, known, false))).isEqualTo(code);
    }

    @Test
    void takesTheSameBytesAgain() throws Exception {
        var jar = jar(Map.of());
        var known = new Installed(Map.of(), Map.of(), Map.of("acme.bot 1.0.0", jar.digest()));
        assertThat(code(judge(jar, NOW, known, false))).isEqualTo("trusted");
    }

    @ParameterizedTest
    @CsvSource({"acme,trusted", "rival,publisher.agent.taken"})
    void leavesAnAgentTypeToThePublisherThatBroughtItFirst(String owner, String code) throws Exception {
        var jar = jar(Map.of("Provide-Capability", "org.openclaw.agent;name=bot;version:Version=1"));
        assertThat(jar.agents()).containsExactly("bot");
        var known = new Installed(Map.of("bot", owner), Map.of(), Map.of());
        assertThat(code(judge(jar, NOW, known, false))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"acme,trusted", "rival,system.fragment"})
    void attachesFragmentsToBundlesOfTheSamePublisherOnly(String owner, String code) throws Exception {
        var jar = jar(Map.of("Fragment-Host", "acme.host"));
        var known = new Installed(Map.of(), Map.of("acme.host", owner), Map.of());
        assertThat(code(judge(jar, NOW, known, false))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DynamicImport-Package | org.*                                        | system.import",
                "DynamicImport-Package | org.osgi.framework.*                         | system.import",
                "DynamicImport-Package | org.osgi.framework.hooks.resolver            | system.import",
                "DynamicImport-Package | com.acme.*                                   | trusted",
                "Import-Package        | x;y;org.osgi.framework.launch;version=1      | system.import",
                "Import-Package        | org.osgi.framework;version='[1.8,2)',x.y     | trusted",
                "Import-Package        | org.osgi.framework.hookshop                  | trusted",
                "Require-Bundle        | system.bundle                                | system.import",
                "Require-Bundle        | acme.base;visibility:=reexport               | trusted",
                "Require-Capability    | osgi.wiring.package;filter:='(a=b)'          | system.import",
                "Require-Capability    | osgi.ee;filter:='(&(osgi.ee=JavaSE)(version=25))' | trusted",
                "Export-Package        | acme.api;uses:='a,b';version=1               | trusted",
                "Export-Package        | org.openclawed                               | trusted",
                "Export-Package        | org.openclaw                                 | system.export",
                "Fragment-Host         | org.apache.felix.framework                   | system.extension",
                "Bundle-ClassPath      | .,acme/                                      | trusted",
                "Import-Package        | a,,b                                         | bundle.header",
                "Import-Package        | a;version='1                                 | bundle.header",
                "Provide-Capability    | org.openclaw.agent;version=1                 | bundle.invalid",
                "Bundle-ManifestVersion| 1                                            | bundle.invalid",
                "Bundle-SymbolicName   | acme.bot.                                    | bundle.invalid"
            })
    void readsHeadersAsTheFrameworkDoes(String header, String value, String code) throws Exception {
        var bytes = bytes(Map.of(header, value.replace('\'', '"')));
        assertThat(code(scene.judge(bytes))).isEqualTo(code);
    }

    @Test
    void letsASystemPublisherReachIntoTheFrameworkButNeverExtendIt() throws Exception {
        scene.policy("system", true);
        assertThat(code(scene.judge(bytes(Map.of("Import-Package", "org.osgi.framework.hooks.weaving")))))
                .isEqualTo("trusted");
        assertThat(code(scene.judge(bytes(Map.of("Export-Package", "org.openclaw.x")))))
                .isEqualTo("trusted");
        assertThat(code(scene.judge(bytes(Map.of("Fragment-Host", "system.bundle")))))
                .isEqualTo("system.extension");
    }

    @Test
    void findsThePublisherAmongSeveralOfOneAnchor() throws Exception {
        var text = Files.readString(scene.trust.resolve("publishers/acme.json"));
        Files.writeString(scene.trust.resolve("publishers/aardvark.json"), text.replace("acme.*", "aardvark.*"));
        assertThat(scene.judge(scene.jar().toBytes()))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> assertThat(trusted.publisher()).isEqualTo("acme"));
    }

    @Test
    void tellsEveryCheckInOrder() throws Exception {
        var verifier = Scene.verifier(scene.trust);
        var good = verifier.explain("acme.jar", ByteBuffer.wrap(scene.jar().toBytes()));
        assertThat(good.checks()).allMatch(Verifier.Check::passed);
        assertThat(good.checks())
                .extracting(Verifier.Check::name)
                .startsWith("digest of the file", "structure of the zip", "names in META-INF", "manifest")
                .endsWith("limits of publisher 'acme'");
        var bad = verifier.explain("acme.jar", ByteBuffer.wrap(bytes(Map.of("Export-Package", "org.osgi.x"))));
        assertThat(bad.checks().getLast().passed()).isFalse();
        assertThat(bad.checks().getLast().detail()).contains("org.osgi.x").contains("[system.export]");
        assertThat(bad.checks().subList(0, bad.checks().size() - 1)).allMatch(Verifier.Check::passed);
    }

    private VerifiedJar jar(Map<String, String> headers) throws Exception {
        return switch (Scene.verifier(scene.trust).inspect("acme.jar", ByteBuffer.wrap(bytes(headers)))) {
            case Verifier.Inspection.Sound sound -> sound.jar();
            case Verifier.Inspection.Unsound unsound ->
                throw new AssertionError(unsound.refusal().text());
        };
    }

    private byte[] bytes(Map<String, String> headers) throws Exception {
        var bundle = scene.bundle();
        bundle.main.putAll(headers);
        return bundle.jar(cast.leaf()).toBytes();
    }

    private Verdict judge(VerifiedJar jar, Instant now, Policy.Known known, boolean running) {
        return Policy.judge("acme.jar", jar, TrustStore.load(scene.trust), now, known, running);
    }

    private Verdict judgeAgain(VerifiedJar jar, Instant now, Policy.Known known) {
        return Policy.judgeAgain("acme.jar", jar, TrustStore.load(scene.trust), now, known);
    }

    private static void assertFlagged(Verdict verdict, String code) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> assertThat(trusted.flags())
                                .extracting(Verdict.Flag::code)
                                .containsExactly(code));
    }

    private static String code(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused refused -> refused.code();
            case Verdict.Trusted trusted -> "trusted";
        };
    }
}
