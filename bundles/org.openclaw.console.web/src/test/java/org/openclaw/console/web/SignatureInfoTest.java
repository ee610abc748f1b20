package org.openclaw.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

class SignatureInfoTest {
    private static final Digest DIGEST = new Digest("ab".repeat(32));
    private static final Digest KEY = new Digest("cd".repeat(32));

    @Test
    void namesPublisherSignerAlgorithmAndDigestOfATrustedBundle() {
        var verdict = new Verdict.Trusted(
                "bot.jar",
                new Artifact("acme.bot", Version.valueOf("1.0.0"), DIGEST, 42),
                "acme",
                List.of(new Signature(
                        "Ed25519", "CN=Dev", KEY, KEY, Instant.parse("2027-01-01T00:00:00Z"), Optional.empty())),
                List.of(),
                List.of());

        assertThat(shown(Optional.of(verdict)))
                .containsEntry("Verdict", verdict.text())
                .containsEntry("Publisher", "acme")
                .containsEntry("Signer", "CN=Dev")
                .containsEntry("Algorithm", "Ed25519")
                .containsEntry("SHA-256", DIGEST.hex());
    }

    @Test
    void saysWhyABundleIsRefusedByNow() {
        var verdict = new Verdict.Refused(
                "bot.jar", Optional.of(DIGEST), "revoked.digest", "it is revoked", "", "Delete it.");

        assertThat(shown(Optional.of(verdict))).containsEntry("Verdict", verdict.text());
    }

    @Test
    void saysThatABundleIsPartOfTheContainer() {
        assertThat(shown(Optional.empty()))
                .containsOnly(Map.entry("Verdict", "Part of the container, checked by the signed list of digests."));
    }

    private static Map<String, String> shown(Optional<Verdict> verdict) {
        var rows = new TreeMap<String, String>();
        Arrays.stream(new SignatureInfo(gate(verdict)).getBundleInfo(bundle(), "/system/console", Locale.ROOT))
                .forEach(row -> rows.put(row.getName(), String.valueOf(row.getValue())));
        return rows;
    }

    private static Gate gate(Optional<Verdict> verdict) {
        return (Gate) Proxy.newProxyInstance(
                Gate.class.getClassLoader(), new Class<?>[] {Gate.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("verdict")) {
                        return verdict;
                    }
                    throw new UnsupportedOperationException(called.toString());
                });
    }

    private static Bundle bundle() {
        return (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, called, arguments) -> {
                    throw new UnsupportedOperationException(called.toString());
                });
    }
}
