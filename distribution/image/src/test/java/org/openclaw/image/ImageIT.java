package org.openclaw.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openclaw.image.assembly.TarEntry;
import tools.jackson.databind.JsonNode;

/** What an engine, and an operator who is careful, read in the image before it is started. */
class ImageIT {
    private static final long LARGEST = 150_000_000;
    private static final String VERSION = System.getProperty("openclaw.version", "0.1.0");

    private static Map<String, TarEntry> files;
    private static JsonNode image;
    private static JsonNode config;

    @BeforeAll
    static void read() throws IOException {
        files = BuiltImage.files();
        image = BuiltImage.TAR.configuration();
        config = image.path("config");
    }

    @Test
    void isSmall() throws IOException {
        long tar = Files.size(BuiltImage.TAR.file());
        long unpacked = files.values().stream().mapToLong(TarEntry::size).sum();
        System.out.printf(
                "Image: the tar has %,d bytes; unpacked %,d bytes in %,d files.%n", tar, unpacked, files.size());
        assertThat(tar).as("bytes of the tar").isLessThan(LARGEST);
        assertThat(unpacked).as("bytes unpacked").isLessThan(LARGEST);
    }

    @Test
    void saysForWhichMachineItIs() {
        var machine = System.getProperty("os.arch");
        assertThat(image.path("os").asString("")).isEqualTo("linux");
        assertThat(image.path("architecture").asString("")).isEqualTo(machine.equals("aarch64") ? "arm64" : machine);
    }

    @Test
    void runsClawAsAnOrdinaryUserInItsHome() {
        assertThat(config.path("User").asString("")).isEqualTo("10001:10001");
        assertThat(texts(config.path("Entrypoint"))).containsExactly("/usr/bin/claw");
        assertThat(texts(config.path("Cmd"))).containsExactly("run");
        assertThat(config.path("WorkingDir").asString("")).isEqualTo("/var/lib/openclaw");
        assertThat(texts(config.path("Env"))).contains("CLAW_HOME=/var/lib/openclaw", "LANG=C.UTF-8");
    }

    @Test
    void namesItsVolumesAndItsPort() {
        assertThat(config.path("Volumes").propertyNames())
                .containsExactlyInAnyOrder(
                        "/var/lib/openclaw/conf", "/var/lib/openclaw/data", "/var/lib/openclaw/deploy");
        assertThat(config.path("ExposedPorts").propertyNames()).containsExactly("8080/tcp");
    }

    @Test
    void saysWhatItIs() {
        var labels = config.path("Labels");
        assertThat(labels.path("org.opencontainers.image.title").asString("")).isEqualTo("OpenClaw");
        assertThat(labels.path("org.opencontainers.image.version").asString("")).isEqualTo(VERSION);
    }

    @Test
    void onlyWhatItWritesBelongsToItsUser() {
        assertThat(files.values())
                .filteredOn(entry -> entry.uid() != 0 || entry.gid() != 0)
                .allSatisfy(entry -> assertThat(entry.uid() + ":" + entry.gid()).isEqualTo("10001:10001"))
                .extracting(TarEntry::name)
                .containsExactlyInAnyOrder(
                        "tmp",
                        "var/lib/openclaw/conf",
                        "var/lib/openclaw/data",
                        "var/lib/openclaw/deploy",
                        "var/lib/openclaw/logs");
    }

    @Test
    void nobodyElseMayWriteAndNothingRaisesRights() {
        assertThat(files.values()).allSatisfy(entry -> {
            assertThat(entry.isFile() || entry.isFolder())
                    .as("%s is a file or a folder", entry)
                    .isTrue();
            assertThat(entry.mode() & 07022)
                    .as("%s: special bits, writable by others", entry)
                    .isZero();
            assertThat(entry.name()).as("no whiteout").doesNotContain(".wh.");
        });
    }

    @Test
    void holdsNoShellAndNothingOfTheBuild() {
        assertThat(files.keySet())
                .noneMatch(name -> name.matches("(usr/)?s?bin/.*") && !name.equals("usr/bin/claw"))
                .noneMatch(name -> name.startsWith("app/"))
                .noneMatch(name -> name.matches("opt/openclaw/(maven|deploy|examples)(/.*)?"))
                .noneMatch(
                        name -> name.startsWith("opt/java/") && name.matches(".*/(man|include|jmods|src\\.zip)(/.*)?"));
    }

    @Test
    void holdsNoKeyAndNoToken() throws IOException {
        assertThat(files.keySet())
                .noneMatch(name -> name.matches(".*(\\.key\\.pem|\\.p12|\\.jks|\\.token|/keys|/dev-key)(/.*)?"));
        var withKeys = new ArrayList<String>();
        for (var layer : BuiltImage.TAR.layers()) {
            try (var reader = BuiltImage.TAR.layer(layer)) {
                for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    if (!entry.get().name().startsWith("opt/java/")
                            && new String(reader.content(), StandardCharsets.ISO_8859_1)
                                    .contains("PRIVATE KEY-----\n")) {
                        withKeys.add(entry.get().name());
                    }
                }
            }
        }
        assertThat(withKeys).isEmpty();
    }

    @Test
    void isForEveryEngineToLoad() throws IOException {
        var names = new ArrayList<String>();
        try (var reader = BuiltImage.TAR.open()) {
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                names.add(entry.get().name());
            }
        }
        assertThat(names).contains("oci-layout", "index.json");
        var docker = BuiltImage.TAR.json("manifest.json").path(0);
        assertThat(texts(docker.path("RepoTags"))).containsExactly("openclaw:" + VERSION);
        assertThat(texts(docker.path("Layers"))).isEqualTo(BuiltImage.TAR.layers());
        assertThat(names)
                .containsAll(BuiltImage.TAR.layers())
                .contains(docker.path("Config").asString(""));
    }

    @Test
    void theComposeFileStartsThisVeryImage() throws IOException {
        var compose = Files.readString(Path.of("compose.yaml"));
        assertThat(compose)
                .contains("image: openclaw:" + VERSION + "\n")
                .contains("openclaw-image-" + VERSION + ".tar");
        assertThat(config.path("Volumes").propertyNames())
                .allSatisfy(volume -> assertThat(compose).contains(":" + volume + "\n"));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asString("")));
        return texts;
    }
}
