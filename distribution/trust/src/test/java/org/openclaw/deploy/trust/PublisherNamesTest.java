package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherNamesTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path trust;

    @BeforeEach
    void trustAcme() throws Exception {
        var anchor = CertificateForge.authority("Acme", NOW).selfSigned().certificate();
        var grants = Grants.inProcess(List.of("acme.*")).withAgents(List.of("acme-*"));
        new TrustFolder(trust).add("acme", List.of(anchor), grants.withMutable(true));
    }

    @Test
    void addsTheNamesThatAreMissingAndNothingElse() throws Exception {
        var before = publisher();

        assertThat(new PublisherNames(trust, "acme").allow("order-desk", "order-desk"))
                .isTrue();
        var after = publisher();
        assertThat(after.bundles()).containsExactly("acme.*", "order-desk");
        assertThat(after.agents()).containsExactly("acme-*", "order-desk");
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("bundles", "agents")
                .isEqualTo(before);
    }

    @Test
    void leavesTheFileAloneWhenTheNamesAreGrantedAlready() throws Exception {
        var before = Files.readAllBytes(file());

        assertThat(new PublisherNames(trust, "acme").allow("acme.desk", "acme-desk"))
                .isFalse();
        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void leavesAPublisherOfAnyAgentTypeItsFreedom() throws Exception {
        Files.writeString(file(), Files.readString(file()).replace("\"acme-*\"", "\"*\""));

        assertThat(new PublisherNames(trust, "acme").allow("order-desk", "order-desk"))
                .isTrue();
        assertThat(publisher().agents()).containsExactly("*");
    }

    @Test
    void refusesAPublisherThatIsUnknownOrUnreadable() throws Exception {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> new PublisherNames(trust, "nobody").allow("a", "a"))
                .withMessageContaining("claw trust list");
        Files.writeString(file(), "{}");
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> new PublisherNames(trust, "acme").allow("a", "a"))
                .withMessageContaining("anchors");
    }

    private Publisher publisher() throws Exception {
        return Publisher.read("acme", file());
    }

    private Path file() {
        return trust.resolve("publishers/acme.json");
    }
}
