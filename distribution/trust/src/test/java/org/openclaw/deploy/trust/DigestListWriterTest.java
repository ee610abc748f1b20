package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;

class DigestListWriterTest {
    @TempDir
    Path home;

    private Path list = Path.of("");

    @BeforeEach
    void install() throws Exception {
        list = home.resolve("installation/digests.txt");
        file("lib/b.jar", "b");
        file("lib/a.jar", "a");
        file("bin/claw", "#!/bin/sh");
    }

    @Test
    void theReaderAcceptsWhatItWrote() throws Exception {
        write(true);
        assertThat(check()).isEmpty();
    }

    @Test
    void writesSortedLinesAsSha512sumReadsThem() throws Exception {
        write(false);
        assertThat(Files.readAllLines(list))
                .containsExactly(
                        sha512("#!/bin/sh") + "  bin/claw", sha512("a") + "  lib/a.jar", sha512("b") + "  lib/b.jar");
    }

    @Test
    void aChangedFileShows() throws Exception {
        write(false);
        file("lib/a.jar", "x");
        assertThat(check()).map(Verdict.Refused::code).contains("file.changed");
    }

    @Test
    void anAddedFileShows() throws Exception {
        write(false);
        file("lib/evil.jar", "x");
        assertThat(check()).map(Verdict.Refused::code).contains("file.unlisted");
    }

    @Test
    void aRemovedFileShows() throws Exception {
        write(false);
        Files.delete(home.resolve("installation/lib/b.jar"));
        assertThat(check()).map(Verdict.Refused::code).contains("file.missing");
    }

    @Test
    void aChangedListShows() throws Exception {
        write(false);
        Files.writeString(list, Files.readString(list).replace("lib/a.jar", "lib/c.jar"));
        assertThat(check()).map(Verdict.Refused::code).contains("signature.digest");
    }

    @Test
    void aMissingPostQuantumSignatureShows() throws Exception {
        write(true);
        Files.delete(list.resolveSibling("digests.txt.pq.p7s"));
        assertThat(check()).map(Verdict.Refused::code).contains("list.missing");
    }

    @Test
    void refusesFilesOutsideTheInstallation() throws Exception {
        var stray = Files.writeString(home.resolve("stray.jar"), "x");
        var keys = keys(false);
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> new DigestListWriter(keys, InstantSource.fixed(Scene.NOW))
                        .write(home.resolve("installation"), List.of(stray), list))
                .withMessageContaining("stray.jar");
        assertThat(list).doesNotExist();
    }

    private void write(boolean postQuantum) throws Exception {
        var installation = home.resolve("installation");
        List<Path> files;
        try (var found = Files.walk(installation)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        new DigestListWriter(keys(postQuantum), InstantSource.fixed(Scene.NOW)).write(installation, files, list);
    }

    private PublisherKeys keys(boolean postQuantum) throws Exception {
        return PublisherKeys.generate(
                "release",
                Algorithm.ED25519,
                postQuantum,
                Optional.empty(),
                home.resolve("keys"),
                home.resolve("trust"),
                Grants.inProcess(List.of("*")).withSystem(true),
                InstantSource.fixed(Scene.NOW),
                new SecureRandom());
    }

    private Optional<Verdict.Refused> check() {
        return DigestList.check(home.resolve("installation"), list, TrustStore.load(home.resolve("trust")), Scene.NOW);
    }

    private void file(String name, String content) throws IOException {
        var file = home.resolve("installation").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String sha512(String content) throws Exception {
        var hash = MessageDigest.getInstance("SHA-512").digest(content.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
