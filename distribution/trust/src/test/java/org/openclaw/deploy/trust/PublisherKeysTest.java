package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;

class PublisherKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path home;

    @Test
    void issuesALeafForCodeSigningUnderAnAnchorForCertificates() throws Exception {
        var key = generate("acme", false, Optional.empty()).keys().getFirst();
        var leaf = key.leaf();
        var anchor = key.chain().getLast();
        leaf.verify(anchor.getPublicKey());
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.3");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getKeyUsage()[0]).isTrue();
        assertThat(anchor.getBasicConstraints()).isZero();
        assertThat(anchor.getKeyUsage()[5]).isTrue();
        assertThat(leaf.getNotAfter().toInstant())
                .isBetween(NOW.plusSeconds(729 * 86_400L), NOW.plusSeconds(732 * 86_400L));
        assertThat(anchor.getNotAfter().toInstant()).isAfter(NOW.plusSeconds(3650 * 86_400L));
    }

    @Test
    void keepsEveryPrivateKeyToItsOwner() throws Exception {
        generate("acme", true, Optional.empty());
        var folder = home.resolve("keys/acme");
        assertThat(mode(folder)).isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            var secrets =
                    files.filter(file -> file.toString().endsWith(".key.pem")).toList();
            assertThat(secrets)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void makesCertificatesForTheLongestNameToo() throws Exception {
        var name = "a".repeat(64);
        var subjects = generate(name, true, Optional.empty()).keys().stream()
                .flatMap(key -> key.chain().stream())
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
        assertThat(subjects)
                .hasSize(4)
                .doesNotHaveDuplicates()
                .allSatisfy(subject -> assertThat(subject)
                        .startsWith("CN=" + "a".repeat(33) + "-")
                        .hasSizeLessThanOrEqualTo("CN=".length() + 64));
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        var made = generate("acme", true, Optional.empty());
        var read = PublisherKeys.load(home.resolve("keys/acme"), Optional.empty());
        assertThat(read.keys())
                .extracting(SigningKey::id)
                .isEqualTo(made.keys().stream().map(SigningKey::id).toList());
        assertThat(read.keys()).extracting(SigningKey::postQuantum).containsExactly(false, true);
        for (var key : read.keys()) {
            var signature = Signature.getInstance(key.algorithm(), CertificateForge.PROVIDER);
            signature.initSign(key.key());
            signature.update(new byte[] {1, 2, 3});
            var signed = signature.sign();
            // The JDK's own implementation has to agree.
            var verification = Signature.getInstance(key.algorithm());
            verification.initVerify(key.leaf().getPublicKey());
            verification.update(new byte[] {1, 2, 3});
            assertThat(verification.verify(signed)).isTrue();
        }
    }

    @Test
    void makesEcKeysThatOtherToolsRead() throws Exception {
        PublisherKeys.generate(
                "acme",
                Algorithm.EC_P256,
                false,
                Optional.empty(),
                home.resolve("keys"),
                home.resolve("trust"),
                Grants.inProcess(List.of("acme.*")),
                InstantSource.fixed(NOW),
                new SecureRandom());
        var pem = Files.readString(home.resolve("keys/acme/classical.key.pem"));
        var der = java.util.Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        var key = java.security.KeyFactory.getInstance("EC")
                .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(der));
        assertThat(((java.security.interfaces.ECKey) key).getParams().getOrder().bitLength())
                .isEqualTo(256);
    }

    @Test
    void renewsCertificatesAndKeepsKeysAndAnchors() throws Exception {
        var passphrase = Optional.of("correct horse".toCharArray());
        var made = generate("acme", true, passphrase);
        var later = InstantSource.fixed(NOW.plusSeconds(800 * 86_400L));

        PublisherKeys.renew(home.resolve("keys/acme"), passphrase, later, new SecureRandom());

        var renewed = PublisherKeys.load(home.resolve("keys/acme"), passphrase);
        for (int i = 0; i < made.keys().size(); i++) {
            var before = made.keys().get(i);
            var after = renewed.keys().get(i);
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.anchor()).isEqualTo(before.anchor());
            after.leaf().verify(before.chain().getLast().getPublicKey());
            assertThat(after.leaf().getSubjectX500Principal())
                    .isEqualTo(before.leaf().getSubjectX500Principal());
            assertThat(after.leaf().getExtendedKeyUsage())
                    .isEqualTo(before.leaf().getExtendedKeyUsage());
            assertThat(after.leaf().getNotAfter().toInstant())
                    .isAfter(later.instant().plusSeconds(729 * 86_400L));
        }
    }

    @Test
    void renewsNothingWithoutTheKeyOfTheAnchor() throws Exception {
        var made = generate("acme", false, Optional.empty());
        Files.delete(home.resolve("keys/acme/classical.anchor.key.pem"));

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> PublisherKeys.renew(
                        home.resolve("keys/acme"), Optional.empty(), InstantSource.fixed(NOW), new SecureRandom()))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("anchor.key.missing"));
        assertThat(PublisherKeys.load(home.resolve("keys/acme"), Optional.empty())
                        .keys()
                        .getFirst()
                        .leaf())
                .isEqualTo(made.keys().getFirst().leaf());
    }

    @Test
    void renewsNothingBeyondTheEndOfTheAnchor() throws Exception {
        generate("acme", false, Optional.empty());
        var late = InstantSource.fixed(NOW.plusSeconds(3300 * 86_400L));

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() ->
                        PublisherKeys.renew(home.resolve("keys/acme"), Optional.empty(), late, new SecureRandom()))
                .withMessageContaining("CN=acme anchor");
    }

    @Test
    void opensProtectedKeysWithTheirPassphraseOnly() throws Exception {
        generate("acme", false, Optional.of("correct horse".toCharArray()));
        var folder = home.resolve("keys/acme");
        assertThat(Files.readString(folder.resolve("classical.key.pem")))
                .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(PublisherKeys.load(folder, Optional.of("correct horse".toCharArray()))
                        .keys())
                .hasSize(1);
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> PublisherKeys.load(folder, Optional.of("wrong".toCharArray())))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("keys.passphrase"));
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> PublisherKeys.load(folder, Optional.empty()))
                .withMessageContaining("--passphrase-file");
    }

    @Test
    void neverOverwritesKeysOrAPublisher() throws Exception {
        generate("acme", false, Optional.empty());
        var before = Files.readString(home.resolve("keys/acme/classical.key.pem"));
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> generate("acme", false, Optional.empty()))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("publisher.exists"));
        new TrustFolder(home.resolve("trust")).remove("acme");
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> generate("acme", false, Optional.empty()))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("keys.exists"));
        assertThat(Files.readString(home.resolve("keys/acme/classical.key.pem")))
                .isEqualTo(before);
    }

    @Test
    void refusesNamesThatLeadOutOfTheFolder() {
        for (var name : List.of("../acme", "", "Acme", "a/b", ".", "acme.", "-")) {
            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(() -> generate(name, false, Optional.empty()))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo("name.invalid"));
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void writesThePublishersFileAndItsAnchors() throws Exception {
        var keys = generate("acme", true, Optional.empty());
        var file = new String(Files.readAllBytes(home.resolve("trust/publishers/acme.json")), StandardCharsets.UTF_8);
        for (var key : keys.keys()) {
            assertThat(file).contains(key.anchor().hex());
        }
        assertThat(file).contains("\"acme.*\"", "\"in-process\"", "\"pq\"");
        assertThat(new TrustFolder(home.resolve("trust")).list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.certificates()).hasSize(2));
    }

    private PublisherKeys generate(String name, boolean postQuantum, Optional<char[]> passphrase) throws Exception {
        return PublisherKeys.generate(
                name,
                Algorithm.ED25519,
                postQuantum,
                passphrase,
                home.resolve("keys"),
                home.resolve("trust"),
                Grants.inProcess(List.of("acme.*")),
                InstantSource.fixed(NOW),
                new SecureRandom());
    }

    private static String mode(Path file) throws java.io.IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
