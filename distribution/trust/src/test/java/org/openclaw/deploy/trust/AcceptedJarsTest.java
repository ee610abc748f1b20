package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.CertificateForge.Issued;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;

/** Honest jars, by our own signer and by the JDK's, and what their verdicts say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptedJarsTest {
    @TempDir
    Path folder;

    private Scene.Cast cast;
    private int scenes;

    @BeforeAll
    void makeKeys() throws Exception {
        cast = Scene.Cast.make();
    }

    @ParameterizedTest
    @CsvSource({"ED25519,false", "EC_P256,false", "ED25519,true", "EC_P256,true"})
    void acceptsWhatOurOwnSignerSigned(Algorithm algorithm, boolean postQuantum) throws Exception {
        var home = folder.resolve("own-" + scenes++);
        var clock = InstantSource.fixed(Scene.NOW);
        var keys = PublisherKeys.generate(
                "acme",
                algorithm,
                postQuantum,
                Optional.empty(),
                home.resolve("keys"),
                home.resolve("trust"),
                Grants.inProcess(List.of("acme.*")),
                clock,
                new SecureRandom());
        var unsigned = unsigned(home.resolve("unsigned.jar"));
        var signed = new BundleSigner(keys, clock).sign(unsigned, home.resolve("signed.jar"));
        var verdict = Scene.judge(home.resolve("trust"), Files.readAllBytes(signed.file()));
        assertThat(verdict).as(verdict.text()).isInstanceOfSatisfying(Verdict.Trusted.class, trusted -> {
            assertThat(trusted.publisher()).isEqualTo("acme");
            assertThat(trusted.flags()).isEmpty();
            assertThat(trusted.artifact().digest()).isEqualTo(signed.digest());
            assertThat(trusted.signatures())
                    .extracting(org.openclaw.deploy.Signature::key)
                    .containsExactlyElementsOf(
                            keys.keys().stream().map(SigningKey::id).toList());
            assertThat(trusted.signatures())
                    .extracting(org.openclaw.deploy.Signature::anchor)
                    .containsExactlyElementsOf(
                            keys.keys().stream().map(SigningKey::anchor).toList());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA3072", "EC", "Ed25519"})
    void acceptsWhatTheJdksSignerSigned(String key) throws Exception {
        var scene = scene();
        var leaf = CertificateForge.leaf("Acme", Scene.NOW).key(key).issuedBy(cast.root());
        var verdict = accepted(scene, jdkSigned(leaf, folder.resolve("jdk-" + key)));
        assertThat(verdict).as(verdict.text()).isInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void acceptsASignerThatExpiredAfterATrustedTimestamp() throws Exception {
        var scene = scene();
        var day = Duration.ofDays(1);
        var expired = CertificateForge.leaf("Acme", Scene.NOW)
                .valid(Scene.NOW.minus(day.multipliedBy(20)), Scene.NOW.minus(day.multipliedBy(10)))
                .issuedBy(cast.root());
        var bundle = scene.bundle();
        var jar = bundle.jar(expired);
        var at = Scene.NOW.minus(day.multipliedBy(15));
        var stamped =
                TimestampForge.stamped(bundle.sign(jar.part("META-INF/ACME.SF").content, expired), cast.tsa(), at);
        jar.part("META-INF/ACME.EC").content = stamped.getEncoded("DER");
        var verdict = accepted(scene, jar.toBytes());
        assertThat(verdict)
                .as(verdict.text())
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> assertThat(trusted.signatures().getFirst().timestamp())
                                .contains(at));
    }

    @Test
    void acceptsATimestampWhereThePolicyDemandsOne() throws Exception {
        var scene = scene().policy("timestamp", true);
        var bundle = scene.bundle();
        var jar = bundle.jar(cast.leaf());
        var signed = bundle.sign(jar.part("META-INF/ACME.SF").content, cast.leaf());
        jar.part("META-INF/ACME.EC").content = TimestampForge.stamped(
                        signed, cast.tsa(), Scene.NOW.minus(Duration.ofDays(1)))
                .getEncoded("DER");
        var verdict = accepted(scene, jar.toBytes());
        assertThat(verdict).as(verdict.text()).isInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void acceptsAFreshRevocationListThatNamesOthers() throws Exception {
        var scene = scene().policy("crl", "required");
        var other = CertificateForge.leaf("Other", Scene.NOW).issuedBy(cast.root());
        scene.crl(
                "acme",
                CertificateForge.crl(
                        cast.root(), Scene.NOW.minus(Scene.DAY), Scene.NOW.plus(Scene.DAY), other.certificate()));
        var verdict = accepted(scene, scene.jar().toBytes());
        assertThat(verdict).as(verdict.text()).isInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void acceptsAChainWithAnAuthorityBetween() throws Exception {
        var scene = scene();
        var middle = CertificateForge.authority("Middle", Scene.NOW).issuedBy(cast.root());
        var leaf = CertificateForge.leaf("Acme", Scene.NOW).issuedBy(middle);
        var verdict = accepted(scene, scene.bundle().jar(leaf).toBytes());
        assertThat(verdict).as(verdict.text()).isInstanceOf(Verdict.Trusted.class);
    }

    @Test
    void acceptsVersionsAfterTheRevokedOnes() throws Exception {
        var scene = scene();
        scene.revocations().revokeBundle("acme.bot", new org.osgi.framework.VersionRange("[0.1,1.0)"));
        var verdict = accepted(scene, scene.jar().toBytes());
        assertThat(verdict).as(verdict.text()).isInstanceOf(Verdict.Trusted.class);
    }

    /** A jar as build tools make it, with folders and data descriptors, signed by the JDK. */
    static byte[] jdkSigned(Issued leaf, Path folder) throws Exception {
        Files.createDirectories(folder);
        var unsigned = folder.resolve("unsigned.jar");
        var bundle = new SignatureForge(Scene.NOW);
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(unsigned))) {
            out.putNextEntry(new java.util.zip.ZipEntry("META-INF/"));
            out.putNextEntry(new java.util.zip.ZipEntry("META-INF/MANIFEST.MF"));
            out.write(ManifestText.section(bundle.main));
            out.putNextEntry(new java.util.zip.ZipEntry("acme/"));
            for (var file : bundle.files.entrySet()) {
                out.putNextEntry(new java.util.zip.ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        var path = CertificateFactory.getInstance("X.509").generateCertPath(leaf.chain());
        var signed = folder.resolve("signed.jar");
        // The JDK's signer wants keys of the JDK's own kind.
        var algorithm = leaf.keys().getPrivate().getAlgorithm().equals("ECDSA")
                ? "EC"
                : leaf.keys().getPrivate().getAlgorithm();
        var key = java.security.KeyFactory.getInstance(algorithm)
                .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(plain(leaf)));
        try (var zip = new ZipFile(unsigned.toFile());
                var out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key, path).build().sign(zip, out);
        }
        return Files.readAllBytes(signed);
    }

    /** PKCS#8 without the public key that Bouncy Castle adds and the JDK does not read. */
    private static byte[] plain(Issued leaf) throws Exception {
        var info = org.bouncycastle.asn1.pkcs.PrivateKeyInfo.getInstance(
                leaf.keys().getPrivate().getEncoded());
        return new org.bouncycastle.asn1.pkcs.PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey())
                .getEncoded();
    }

    private Path unsigned(Path file) throws Exception {
        var bundle = new SignatureForge(Scene.NOW);
        var jar = new JarForge().add("META-INF/MANIFEST.MF", ManifestText.section(bundle.main));
        bundle.files.forEach(jar::add);
        Files.createDirectories(file.getParent());
        return Files.write(file, jar.toBytes());
    }

    /** The verdict, after the JDK has accepted the jar as well. */
    private Verdict accepted(Scene scene, byte[] jar) throws Exception {
        assertThat(JdkReader.content(jar, folder, "accepted")).isNotEmpty();
        return scene.judge(jar);
    }

    private Scene scene() throws Exception {
        return new Scene(cast, folder.resolve("trust-" + scenes++));
    }
}
