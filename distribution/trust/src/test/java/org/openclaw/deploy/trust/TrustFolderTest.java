package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Digest;

class TrustFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void listsWhatWasAddedUntilItIsRemoved() throws Exception {
        var trust = new TrustFolder(folder.resolve("trust"));
        var anchor = CertificateForge.authority("Acme", NOW).selfSigned().certificate();
        var file = Files.write(folder.resolve("acme.pem"), Pem.certificates(List.of(anchor)));
        trust.add("acme", file, Grants.inWorker(List.of("acme.*")));
        assertThat(trust.list()).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("acme");
            assertThat(entry.placement()).isEqualTo("worker");
            assertThat(entry.anchors())
                    .containsExactly(
                            Digest.of(anchor.getPublicKey().getEncoded()).hex());
            assertThat(entry.certificates())
                    .first()
                    .satisfies(seen -> assertThat(seen.subject()).isEqualTo("CN=Acme"));
        });
        trust.remove("acme");
        assertThat(trust.list()).isEmpty();
        assertThat(folder.resolve("trust/roots")).isEmptyDirectory();
    }

    @Test
    void readsDerCertificatesToo() throws Exception {
        var anchor = CertificateForge.authority("Acme", NOW).selfSigned().certificate();
        var file = Files.write(folder.resolve("acme.cer"), anchor.getEncoded());
        new TrustFolder(folder).add("acme", file, Grants.inProcess(List.of("acme.*")));
        assertThat(folder.resolve("roots/acme.pem")).exists();
    }

    @Test
    void refusesASignersCertificateAsAnchor() throws Exception {
        var leaf = CertificateForge.leaf("Dev", NOW).selfSigned().certificate();
        var grants = Grants.inProcess(List.of("acme.*"));
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> new TrustFolder(folder).add("acme", List.of(leaf), grants))
                .withMessageContaining("CN=Dev");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAWeakAnchor() throws Exception {
        var weak = CertificateForge.authority("Weak", NOW)
                .key("RSA2048")
                .selfSigned()
                .certificate();
        var grants = Grants.inProcess(List.of("acme.*"));
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> new TrustFolder(folder).add("acme", List.of(weak), grants))
                .withMessageContaining("RSA 2048");
    }

    @Test
    void refusesANameThatIsTaken() throws Exception {
        var anchor = CertificateForge.authority("Acme", NOW).selfSigned().certificate();
        var grants = Grants.inProcess(List.of("acme.*"));
        var trust = new TrustFolder(folder);
        trust.add("acme", List.of(anchor), grants);
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> trust.add("acme", List.of(anchor), grants))
                .withMessageContaining("claw trust remove acme");
    }

    @Test
    void saysWhenThereIsNothingToRemove() {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> new TrustFolder(folder).remove("nobody"))
                .withMessageContaining("claw trust list");
    }
}
