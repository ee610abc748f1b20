package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Verdict;

class DigestListTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Scene.NOW);

    @TempDir
    Path folder;

    private Path home;
    private Path list;
    private Path trust;
    private PublisherKeys keys;

    @BeforeEach
    void install() throws Exception {
        home = folder.resolve("home");
        list = home.resolve("lib/files.sha512");
        trust = folder.resolve("trust");
        for (var file : List.of("bundles/a.jar", "bundles/b.jar", "lib/x.jar", "README.md")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), "content of " + file);
        }
        keys = keys("release", true);
        sign();
    }

    @Test
    void acceptsAnUntouchedInstallation() {
        assertThat(check()).isEmpty();
    }

    @Test
    void acceptsFilesOutsideTheListedFolders() throws Exception {
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data/journal"), "x");
        Files.writeString(home.resolve("notes.txt"), "x");
        assertThat(check()).isEmpty();
    }

    @Test
    void refusesAChangedFile() throws Exception {
        Files.writeString(home.resolve("bundles/a.jar"), "content of bundles/b.jar");
        refuses("file.changed", "bundles/a.jar");
    }

    @Test
    void refusesAMissingFile() throws Exception {
        Files.delete(home.resolve("bundles/a.jar"));
        refuses("file.missing", "bundles/a.jar");
    }

    @Test
    void refusesAFileThatIsALink() throws Exception {
        Files.move(home.resolve("bundles/a.jar"), home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("bundles/a.jar"), home.resolve("elsewhere"));
        refuses("file.missing", "bundles/a.jar");
    }

    @Test
    void refusesAnUnlistedFileHoweverDeep() throws Exception {
        Files.createDirectories(home.resolve("bundles/deep/er"));
        Files.writeString(home.resolve("bundles/deep/er/evil.jar"), "x");
        refuses("file.unlisted", "bundles/deep/er/evil.jar");
    }

    @Test
    void refusesAChangedList() throws Exception {
        Files.writeString(list, Files.readString(list).replace("README.md", "readme.md"));
        refuses("signature.digest", "files.sha512.p7s");
    }

    @Test
    void refusesAListWithoutSignature() throws Exception {
        Files.delete(list.resolveSibling("files.sha512.p7s"));
        refuses("list.missing", "files.sha512.p7s");
    }

    @Test
    void refusesAnOrdinaryPublisher() throws Exception {
        keys = keys("acme", false);
        sign();
        refuses("list.publisher", "CN=acme");
    }

    @Test
    void refusesARevokedKey() throws Exception {
        new Revocations(trust).revokeKey(keys.keys().getFirst().id());
        refuses("revoked.key", "release");
    }

    @Test
    void refusesAListOutOfOrder() throws Exception {
        var a = "0".repeat(128) + "  b\n" + "0".repeat(128) + "  a\n";
        Files.writeString(list, a);
        var signature = new CmsBlock(CertificateForge.PROVIDER)
                .detached(Files.readAllBytes(list), keys.keys().getFirst(), Scene.NOW);
        Files.write(list.resolveSibling("files.sha512.p7s"), signature);
        refuses("list.malformed", "'a'");
    }

    private PublisherKeys keys(String name, boolean system) throws Exception {
        return PublisherKeys.generate(
                name,
                PublisherKeys.Algorithm.ED25519,
                false,
                Optional.empty(),
                folder.resolve("keys"),
                trust,
                Grants.inProcess(List.of("*")).withSystem(system),
                CLOCK,
                new SecureRandom());
    }

    private void sign() throws Exception {
        var files = List.of(
                home.resolve("bundles/a.jar"),
                home.resolve("bundles/b.jar"),
                home.resolve("lib/x.jar"),
                home.resolve("README.md"));
        new DigestListWriter(keys, CLOCK).write(home, files, list);
    }

    private Optional<Verdict.Refused> check() {
        return DigestList.check(home, list, TrustStore.load(trust), Scene.NOW);
    }

    private void refuses(String code, String name) {
        assertThat(check()).hasValueSatisfying(refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.reason()).contains(name);
        });
    }
}
