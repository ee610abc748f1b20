package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;

/** The ahead-of-time cache of a real installation: made by its first container, used by the next, and never in the way. */
class AotIT {
    private static final Duration TRAINING = Duration.ofMinutes(3);
    /** As {@code bin/claw} sees them when nobody has said anything. */
    private static final Map<String, String> USED = Map.of("CLAW_AOT", "", "CLAW_PROFILE", "small");

    private static final String MADE = "Made the ahead-of-time caches";
    private static final String FAILED = "No ahead-of-time cache";

    @TempDir
    static Path folder;

    private static Path trained;

    @TempDir
    private Path temporary;

    private Path installation;

    @BeforeAll
    static void theFirstContainerMakesTheCaches() throws Exception {
        trained = Container.copyOfTheInstallation(folder.resolve("trained"));
        try (var container = Container.started(trained, folder.resolve("first"), USED)) {
            assertThat(container.screen()).as("the JVM says nothing").doesNotContain("[warning]", "[error]");
            awaitTraining(container);
        }
        assertThat(caches(trained)).as("caches").hasSize(2);
    }

    @BeforeEach
    void copyIt() throws IOException {
        installation = temporary.resolve("installation");
        copy(trained, installation);
    }

    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                var copy = target.resolve(source.relativize(file).toString());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void theNextContainerUsesIt() throws Exception {
        try (var container = started()) {
            awaitLog(container, "Ahead-of-time cache: used");
            assertThat(container.log()).doesNotContain(MADE);
        }
    }

    /** Both at the same time: they take as long as a training. */
    @Test
    void aTruncatedCacheAndOneOfGarbageAreNotInTheWayAndAreMadeAgain() throws Exception {
        var truncated = cache("small-");
        try (var file = new RandomAccessFile(truncated.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        var second = temporary.resolve("second");
        copy(trained, second);
        var garbage = cache(second, "small-");
        try (var file = new RandomAccessFile(garbage.toFile(), "rw")) {
            file.write(new byte[4096]);
        }
        var damaged =
                Map.of(truncated, Files.getLastModifiedTime(truncated), garbage, Files.getLastModifiedTime(garbage));
        try (var one = startedWithout(installation, "home");
                var other = startedWithout(second, "second-home")) {
            awaitTraining(one);
            awaitTraining(other);
        }
        for (var cache : damaged.entrySet()) {
            assertThat(Files.getLastModifiedTime(cache.getKey()))
                    .as(cache.getKey().toString())
                    .isGreaterThan(cache.getValue());
        }
    }

    private Container startedWithout(Path installation, String home) throws Exception {
        var container = Container.started(installation, temporary.resolve(home), USED);
        assertThat(container.screen()).as("the JVM says nothing").doesNotContain("[warning]", "[error]");
        awaitLog(container, "it is made again");
        return container;
    }

    @Test
    void aCacheThatOthersMayWriteIsLeftAlone() throws Exception {
        var cache = cache("small-");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rw-rw-r--"));
        try (var container = started()) {
            awaitLog(container, "is not used, because others than root and this user can write it");
        }
    }

    @Test
    void aCacheOfAnotherReleaseIsNotLookedAt() throws Exception {
        // another list of digests is another release
        Files.move(cache("small-"), installation.resolve("aot/small-25.0.0+1-1-1.aot"));
        try (var container = started()) {
            awaitLog(container, "Making the ahead-of-time cache");
        }
    }

    @Test
    void aCacheInAHomeIsNotLookedAt() throws Exception {
        var name = cache("small-").getFileName();
        var home = temporary.resolve("home");
        for (var place : List.of("aot", "data/aot", "data/cache/aot")) {
            Files.createDirectories(home.resolve(place));
            Files.writeString(home.resolve(place).resolve(name), "not what the JVM wrote");
        }
        try (var container = started()) {
            assertThat(Files.readString(Path.of("/proc", Long.toString(container.pid()), "cmdline")))
                    .contains("-XX:AOTCache=" + installation.resolve("aot").resolve(name))
                    .doesNotContain("-Xshare");
        }
    }

    private Container started() throws Exception {
        return Container.started(installation, temporary.resolve("home"), USED);
    }

    /** A training that fails says why in the log; one that hangs shows what its processes do. */
    private static void awaitTraining(Container container) throws IOException {
        try {
            Awaitility.await("trained")
                    .atMost(TRAINING)
                    .failFast("the training failed", () -> container.log().contains(FAILED))
                    .until(() -> container.log().contains(MADE));
        } catch (ConditionTimeoutException | TerminalFailureException failed) {
            throw new AssertionError(container.log() + "\n" + threadsOfChildren(container), failed);
        }
    }

    private static String threadsOfChildren(Container container) throws IOException {
        var text = new StringBuilder();
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (var child :
                ProcessHandle.of(container.pid()).orElseThrow().descendants().toList()) {
            text.append(child.info().commandLine().orElse("?")).append('\n');
            var asked = new ProcessBuilder(jcmd, Long.toString(child.pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            text.append(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static void awaitLog(Container container, String text) {
        Awaitility.await(text)
                .atMost(Duration.ofSeconds(30))
                .until(() -> container.log().contains(text));
    }

    private Path cache(String prefix) throws IOException {
        return cache(installation, prefix);
    }

    private static Path cache(Path installation, String prefix) throws IOException {
        return caches(installation).stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> caches(Path installation) throws IOException {
        try (var files = Files.list(installation.resolve("aot"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }
}
