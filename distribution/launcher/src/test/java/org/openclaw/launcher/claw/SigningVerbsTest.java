package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** keygen, sign, verify, trust and revoke, as an operator types them. */
class SigningVerbsTest {
    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aSignedBundleIsTrustedUntilItIsRevoked() throws Exception {
        var jar = jar("acme.bot", "1.0.0");
        assertThat(claw("keygen", "acme")).as(err.toString()).isZero();
        assertThat(claw("verify", jar)).isEqualTo(1);
        assertThat(out.toString()).contains("[signature.missing]");
        assertThat(claw("sign", jar, "--key", "acme")).as(err.toString()).isZero();
        assertThat(claw("verify", jar)).as(out.toString()).isZero();
        assertThat(out.toString()).startsWith("Trusted " + jar).contains("publisher 'acme'");
        assertThat(claw("revoke", "file", jar)).isZero();
        assertThat(claw("verify", jar)).isEqualTo(1);
        assertThat(out.toString()).contains("[revoked.file]");
    }

    @Test
    void aReproducibleSignatureIsTheSameEachTimeAndTrusted() throws Exception {
        var jar = jar("acme.bot", "1.0.0");
        assertThat(claw("keygen", "acme")).isZero();
        assertThat(claw("sign", jar, "--key", "acme", "--reproducible"))
                .as(err.toString())
                .isZero();
        var signed = Files.readAllBytes(Path.of(jar));
        assertThat(claw("sign", jar, "--key", "acme", "--reproducible")).isZero();
        assertThat(Path.of(jar)).hasBinaryContent(signed);
        assertThat(claw("verify", jar)).as(out.toString()).isZero();
    }

    @Test
    void bothKindsOfKeysSignUnderAPassphrase() throws Exception {
        var jar = jar("acme.bot", "1.0.0");
        var passphrase =
                Files.writeString(home.resolve("passphrase"), "correct horse\n").toString();
        assertThat(claw("keygen", "acme", "--algorithm", "ec", "--pq", "--passphrase-file", passphrase))
                .as(err.toString())
                .isZero();
        assertThat(claw("sign", jar, "--key", "acme")).isEqualTo(1);
        assertThat(err.toString()).contains("--passphrase-file", "[keys.passphrase]");
        var signed = home.resolve("signed.jar").toString();
        assertThat(claw("sign", jar, "--key", "acme", "--passphrase-file", passphrase, "--out", signed))
                .as(err.toString())
                .isZero();
        assertThat(claw("verify", "--json", "--explain", signed))
                .as(out.toString())
                .isZero();
        var verdict = new JsonMapper().readTree(out.toString()).path(0);
        assertThat(verdict.path("trusted").asBoolean()).isTrue();
        assertThat(verdict.path("signatures").size()).isEqualTo(2);
        assertThat(verdict.path("signatures").path(1).path("algorithm").asString())
                .isEqualTo("ML-DSA-65");
        assertThat(verdict.path("checks").size()).isPositive();
    }

    @Test
    void aRemovedPublisherIsTrustedNoMoreAndComesBackByItsAnchor() throws Exception {
        var jar = jar("acme.bot", "1.0.0");
        assertThat(claw("keygen", "acme")).isZero();
        assertThat(claw("sign", jar, "--key", "acme")).isZero();
        var anchor = Files.copy(home.resolve("conf/trust/roots/acme.pem"), home.resolve("anchor.pem"))
                .toString();
        assertThat(claw("trust", "remove", "acme")).isZero();
        assertThat(claw("verify", jar)).isEqualTo(1);
        assertThat(claw("trust", "add", anchor, "--name", "again", "--bundles", "acme.*"))
                .as(err.toString())
                .isZero();
        assertThat(claw("verify", jar)).as(out.toString()).isZero();
        assertThat(claw("trust", "list")).isZero();
        assertThat(out.toString()).contains("again: bundles acme.*, in-process, classical", "CN=acme anchor");
    }

    @Test
    void aRevokedKeyOrVersionRangeStopsWhatItSigned() throws Exception {
        var jar = jar("acme.bot", "1.5.0");
        assertThat(claw("keygen", "acme")).isZero();
        assertThat(claw("sign", jar, "--key", "acme")).isZero();
        assertThat(claw("revoke", "bundle", "acme.bot", "[1.0,1.5)")).isZero();
        assertThat(claw("verify", jar)).as(out.toString()).isZero();
        assertThat(claw(
                        "revoke",
                        "key",
                        home.resolve("conf/keys/acme/classical.chain.pem").toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("(serial 2)");
        assertThat(claw("verify", jar)).isEqualTo(1);
        assertThat(out.toString()).contains("[revoked.key]");
    }

    @Test
    void misuseIsExitCodeTwo() throws Exception {
        assertThat(claw("verify", home.resolve("absent.jar").toString())).isEqualTo(2);
        assertThat(claw("sign")).isEqualTo(2);
        assertThat(claw("revoke", "file", "neither-file-nor-digest")).isEqualTo(2);
        assertThat(claw("revoke")).isEqualTo(2);
        assertThat(claw("trust")).isEqualTo(2);
        assertThat(claw("keygen", "acme", "--algorithm", "dsa")).isEqualTo(2);
    }

    @Test
    void refusalsAreExitCodeOneWithACode() throws Exception {
        assertThat(claw("keygen", "acme")).isZero();
        assertThat(claw("keygen", "acme", "--json")).isEqualTo(1);
        assertThat(new JsonMapper().readTree(out.toString()).path("code").asString())
                .isEqualTo("publisher.exists");
        assertThat(claw("sign", jar("acme.bot", "1.0.0"), "--key", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("claw keygen nobody");
        assertThat(claw("trust", "remove", "nobody")).isEqualTo(1);
    }

    @Test
    void everyVerbExplainsItself() throws Exception {
        for (var verb : new String[] {"keygen", "sign", "verify", "trust", "revoke"}) {
            assertThat(claw(verb, "--help")).as(verb).isZero();
            assertThat(out.toString()).contains("Usage: claw " + verb);
        }
    }

    /** Runs a verb on the home of this test. */
    private int claw(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var line = ClawCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var all = new java.util.ArrayList<>(java.util.List.of(arguments));
        var bare = all.contains("--help") || (all.size() == 1 && !all.contains("sign"));
        if (!bare) {
            all.addAll(java.util.List.of("--home", home.toString()));
        }
        return line.execute(all.toArray(String[]::new));
    }

    private String jar(String name, String version) throws Exception {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        var file = home.resolve(name + "-" + version + ".jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.putNextEntry(new ZipEntry("acme/readme.txt"));
            jar.write("Read me.".getBytes(StandardCharsets.UTF_8));
        }
        return file.toString();
    }
}
