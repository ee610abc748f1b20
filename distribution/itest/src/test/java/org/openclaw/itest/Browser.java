package org.openclaw.itest;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openclaw.bench.container.Checkout;

/**
 * Runs scripts of {@code src/test/browser} against a real browser. They need chromium, Node.js 20 and npm; where those are
 * missing, the tests are skipped, unless {@code -Dopenclaw.browser=required} says that they must run.
 */
final class Browser {
    private static final Path MODULE = Checkout.ROOT.resolve("distribution/itest");
    private static final Path SOURCES = MODULE.resolve("src/test/browser");
    private static final Path WORK = MODULE.resolve("target/browser");
    private static final boolean REQUIRED = "required".equals(System.getProperty("openclaw.browser"));
    private static final int MINUTES = 20;

    /** Where the scripts leave what they have seen. */
    static final Path SCREENSHOTS = MODULE.resolve("target/screenshots");

    private final Path chromium;

    private Browser(Path chromium) {
        this.chromium = chromium;
    }

    /** The browser of this machine with what the scripts need; without them the test is skipped, or fails where required. */
    static Browser found() throws Exception {
        var chromium =
                onThePath("chromium").or(() -> onThePath("chromium-browser")).or(() -> onThePath("google-chrome"));
        var missing = Stream.of(
                        chromium.isPresent() ? "" : "chromium",
                        nodeIsNewEnough() ? "" : "node 20 or newer",
                        onThePath("npm").isPresent() ? "" : "npm")
                .filter(each -> !each.isEmpty())
                .toList();
        require(
                missing.isEmpty(),
                "The console was not tested in a browser: " + String.join(", ", missing)
                        + " not found on the PATH. Install it (on Debian: apt install chromium nodejs npm).");
        install();
        return new Browser(chromium.orElseThrow());
    }

    /**
     * What came of a script.
     *
     * @param exit zero when all of its tests passed
     * @param out what it printed
     */
    record Ran(int exit, String out) {}

    /** Runs a script to its end. */
    Ran run(String script, Map<String, String> environment) throws Exception {
        var all = new ProcessBuilder("node", "--test", "--test-reporter=spec", script);
        all.environment().putAll(environment);
        all.environment()
                .putAll(Map.of(
                        "OPENCLAW_CHROMIUM", chromium.toString(), "OPENCLAW_SCREENSHOTS", SCREENSHOTS.toString()));
        return run(all);
    }

    private static void require(boolean fulfilled, String otherwise) {
        if (REQUIRED && !fulfilled) {
            throw new IllegalStateException(otherwise);
        }
        Assumptions.assumeTrue(fulfilled, otherwise);
    }

    private static boolean nodeIsNewEnough() throws Exception {
        return onThePath("node").isPresent()
                && run(new ProcessBuilder(
                                        "node", "--eval", "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)"))
                                .exit()
                        == 0;
    }

    /** Copies the scripts and gets the packages that the lock file names, if they are not there yet. */
    private static void install() throws Exception {
        Files.createDirectories(WORK);
        var lock = Files.readString(SOURCES.resolve("package-lock.json"));
        var installed = WORK.resolve("node_modules/installed-from");
        for (var file : Checkout.list(SOURCES, Files::isRegularFile)) {
            Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(installed) && Files.readString(installed).equals(lock)) {
            return;
        }
        var ran = run(new ProcessBuilder("npm", "ci"));
        require(
                ran.exit() == 0,
                "The console was not tested in a browser: 'npm ci' failed in " + WORK + ":\n" + ran.out());
        Files.writeString(installed, lock);
    }

    private static Ran run(ProcessBuilder command) throws Exception {
        Files.createDirectories(WORK);
        var out = Files.createTempFile(WORK, "run", ".out");
        var process = command.directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException(command.command() + " did not end within " + MINUTES + " minutes:\n"
                    + Files.readString(out, StandardCharsets.UTF_8));
        }
        var text = Files.readString(out, StandardCharsets.UTF_8);
        Files.delete(out);
        return new Ran(process.exitValue(), text);
    }

    private static Optional<Path> onThePath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
