package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;

class BundleSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"ED25519,false", "EC_P256,false", "ED25519,true", "EC_P256,true"})
    void theJdkAcceptsEveryEntryAsSignedByEachKey(Algorithm algorithm, boolean postQuantum) throws Exception {
        var keys = keys(algorithm, postQuantum);
        var signed = signer(keys).sign(jar("acme.jar"), home.resolve("signed.jar"));
        try (var jar = new JarFile(signed.file().toFile(), true)) {
            for (var entry : list(jar)) {
                read(jar, entry);
                if (!entry.getName().startsWith("META-INF/CLAW")
                        && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    assertThat(jar.getJarEntry(entry.getName()).getCodeSigners())
                            .as(entry.getName())
                            .hasSize(keys.keys().size());
                }
            }
            assertThat(jar.getManifest()
                            .getMainAttributes()
                            .getValue(BundleSigner.SIGNERS)
                            .split(","))
                    .containsExactlyElementsOf(
                            keys.keys().stream().map(key -> key.id().hex()).toList());
        }
    }

    @Test
    void jarsignerVerifiesWhatItSigned() throws Exception {
        var signed = signer(keys(Algorithm.ED25519, true)).sign(jar("acme.jar"), home.resolve("signed.jar"));
        var jarsigner =
                Path.of(System.getProperty("java.home"), "bin", "jarsigner").toString();
        var process = new ProcessBuilder(jarsigner, "-verify", signed.file().toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("jar verified.");
    }

    @Test
    void signsTheSameJarToTheSameBytesWhenNoTimeIsWanted() throws Exception {
        var signer = BundleSigner.reproducible(keys(Algorithm.ED25519, false));
        var first = signer.sign(jar("acme.jar"), home.resolve("first.jar"));
        var again = signer.sign(first.file(), home.resolve("again.jar"));
        assertThat(again.digest()).isEqualTo(first.digest());
    }

    @Test
    void leavesOutDirectoriesExtraFieldsAndEarlierSignatures() throws Exception {
        var first = signer(keys(Algorithm.EC_P256, false)).sign(jar("acme.jar"), home.resolve("once.jar"));
        var forge = new JarForge().add("META-INF/", new byte[0]);
        try (var once = new JarFile(first.file().toFile(), false)) {
            for (var entry : list(once)) {
                forge.add(entry.getName(), read(once, entry));
            }
        }
        forge.add("META-INF/SIG-OLD", new byte[] {1}).add("META-INF/INDEX.LIST", new byte[] {1});
        forge.part("acme/Bot.class").centralExtra = JarForge.extra(0x7875, new byte[5]);
        forge.part("acme/Bot.class").localExtra = JarForge.extra(0x7875, new byte[5]);
        forge.part("acme/readme.txt").descriptor = true;
        var untidy = Files.write(home.resolve("untidy.jar"), forge.toBytes());
        var again = signer(PublisherKeys.load(home.resolve("keys/acme"), Optional.empty()))
                .sign(untidy, home.resolve("twice.jar"));
        assertThat(again.changes())
                .contains("dropped 1 directory entries", "dropped META-INF/SIG-OLD", "dropped META-INF/INDEX.LIST")
                .contains("dropped META-INF/CLAW.SF", "dropped META-INF/CLAW.EC");
        try (var jar = new JarFile(again.file().toFile(), true)) {
            assertThat(list(jar))
                    .extracting(ZipEntry::getName)
                    .startsWith(JarFile.MANIFEST_NAME, "META-INF/CLAW.SF", "META-INF/CLAW.EC")
                    .doesNotContain("META-INF/", "META-INF/SIG-OLD", "META-INF/INDEX.LIST");
            assertThat(list(jar))
                    .allSatisfy(entry -> assertThat(entry.getExtra()).isNull());
        }
    }

    @Test
    void keepsTheContentAndTheManifestsOwnAttributes() throws Exception {
        var signed = signer(keys(Algorithm.ED25519, false)).sign(jar("acme.jar"), home.resolve("signed.jar"));
        try (var before = new JarFile(home.resolve("acme.jar").toFile(), false);
                var after = new JarFile(signed.file().toFile(), true)) {
            for (var name : List.of("acme/Bot.class", "acme/readme.txt", "acme/zeroes.bin")) {
                assertThat(read(after, after.getJarEntry(name))).isEqualTo(read(before, before.getJarEntry(name)));
            }
            var main = after.getManifest().getMainAttributes();
            assertThat(main.getValue("Import-Package")).isEqualTo(LONG_VALUE);
            assertThat(after.getManifest().getAttributes("acme/Bot.class").getValue("Purpose"))
                    .isEqualTo("proof");
            assertThat(after.getManifest().getAttributes("acme/Bot.class").getValue("MD5-Digest"))
                    .isNull();
        }
    }

    @Test
    void signsToTheSameBytesEachTimeWithEd25519() throws Exception {
        var signer = signer(keys(Algorithm.ED25519, false));
        var jar = jar("acme.jar");
        var once = signer.sign(jar, home.resolve("one.jar"));
        var again = signer.sign(List.of(jar), home.resolve("batch")).getFirst();
        assertThat(again.digest()).isEqualTo(once.digest());
        assertThat(again.unsigned()).isEqualTo(Digest.of(Files.readAllBytes(jar)));
        assertThat(once.digest()).isEqualTo(Digest.of(Files.readAllBytes(once.file())));
    }

    @Test
    void signsAJarInItsPlace() throws Exception {
        var jar = jar("acme.jar");
        var signed = signer(keys(Algorithm.EC_P256, false)).sign(jar, jar);
        assertThat(signed.digest()).isNotEqualTo(signed.unsigned());
        assertThat(Digest.of(Files.readAllBytes(jar))).isEqualTo(signed.digest());
    }

    @ParameterizedTest
    @CsvSource({"../evil.class", "/evil.class", "a\\evil.class", "C:/evil.class", "a//b.class", "acme/bot.CLASS"})
    void refusesEntriesThatReadersUnderstandDifferently(String name) throws Exception {
        var forge = new JarForge()
                .add(JarFile.MANIFEST_NAME, bytes("Manifest-Version: 1.0\r\n\r\n"))
                .add("acme/Bot.class", bytes("x"))
                .add(name, bytes("y"));
        var jar = Files.write(home.resolve("evil.jar"), forge.toBytes());
        var keys = keys(Algorithm.ED25519, false);
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> signer(keys).sign(jar, home.resolve("signed.jar")))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("jar.unsignable"));
        assertThat(home.resolve("signed.jar")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoJar() throws Exception {
        var keys = keys(Algorithm.ED25519, false);
        var text = Files.writeString(home.resolve("text.jar"), "no zip");
        var empty = Files.write(
                home.resolve("empty.jar"), new JarForge().add("a", bytes("a")).toBytes());
        for (var jar : List.of(text, empty, home.resolve("absent.jar"))) {
            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(() -> signer(keys).sign(jar, home.resolve("signed.jar")))
                    .withMessageContaining(jar.getFileName().toString());
        }
    }

    private static final String LONG_VALUE = "org.slf4j;version=\"[2.0,3)\",".repeat(9) + "zürich";

    private Path jar(String name) throws IOException {
        var manifest = new java.util.jar.Manifest();
        var main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-SymbolicName", "acme.bot");
        main.putValue("Import-Package", LONG_VALUE);
        var section = new java.util.jar.Attributes();
        section.putValue("Purpose", "proof");
        section.putValue("MD5-Digest", "AAAA");
        manifest.getEntries().put("acme/Bot.class", section);
        var bytes = new java.io.ByteArrayOutputStream();
        manifest.write(bytes);
        var forge = new JarForge()
                .add(JarFile.MANIFEST_NAME, bytes.toByteArray())
                .add("acme/Bot.class", bytes("not really a class"))
                .add("acme/readme.txt", bytes("Read me. ".repeat(100)))
                .add("acme/zeroes.bin", new byte[1 << 20])
                .add("acme/" + "long".repeat(30) + "/ünïcode.txt", bytes("x"));
        return Files.write(home.resolve(name), forge.toBytes());
    }

    private PublisherKeys keys(Algorithm algorithm, boolean postQuantum) throws Exception {
        return PublisherKeys.generate(
                "acme",
                algorithm,
                postQuantum,
                Optional.empty(),
                home.resolve("keys"),
                home.resolve("trust"),
                Grants.inProcess(List.of("acme.*")),
                InstantSource.fixed(NOW),
                new SecureRandom());
    }

    private static BundleSigner signer(PublisherKeys keys) {
        return new BundleSigner(keys, InstantSource.fixed(NOW));
    }

    private static List<java.util.jar.JarEntry> list(JarFile jar) {
        return new ArrayList<>(jar.stream().toList());
    }

    private static byte[] read(JarFile jar, ZipEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
