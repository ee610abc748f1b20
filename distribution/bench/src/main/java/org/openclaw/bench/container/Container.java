package org.openclaw.bench.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A container as its operator has it: the built installation, started by {@code bin/claw} as a process of its own. */
public final class Container implements AutoCloseable {
    /** The unpacked installation that the build made. */
    public static final Path INSTALLATION = Checkout.ROOT.resolve("distribution/container/target/openclaw");
    /** The key that the build signed the installation with. */
    public static final Path DEVELOPMENT_KEY =
            Checkout.ROOT.resolve("distribution/container/target/dev-key/development");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    public final Path installation;
    public final Path home;
    public final int port;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<String> prefix;
    private final Map<String, String> environment;
    private Process process;

    private Container(List<String> prefix, Path installation, Path home, int port, Map<String, String> environment)
            throws IOException {
        this.prefix = List.copyOf(prefix);
        this.installation = installation;
        this.home = home;
        this.port = port;
        this.environment = Map.copyOf(environment);
        this.process = launch();
    }

    /** Starts the built installation with a home of its own, and waits until it is ready. */
    public static Container started(Path home) throws Exception {
        return started(INSTALLATION, home);
    }

    /** Starts an installation with a home, and waits until it is ready. */
    public static Container started(Path installation, Path home) throws Exception {
        return started(installation, home, Map.of());
    }

    /**
     * Starts the built installation with more options for its JVM, such as {@code -Xint}: without a compiler, what the JVM
     * holds is what the classes take.
     */
    public static Container startedWith(String jvmOptions, Path home) throws Exception {
        return started(INSTALLATION, home, Map.of("CLAW_JAVA_OPTS", jvmOptions));
    }

    /** Starts an installation with a home and with more in the environment, and waits until it is ready. */
    public static Container started(Path installation, Path home, Map<String, String> environment) throws Exception {
        var container = new Container(List.of(), installation, home, freePort(), environment);
        container.awaitReady();
        return container;
    }

    /** Starts the built installation by a command that other words come before, which end by becoming that command. */
    public static Container started(List<String> prefix, Path home) throws Exception {
        var container = new Container(prefix, INSTALLATION, home, freePort(), Map.of());
        container.awaitReady();
        return container;
    }

    /** Starts the built installation with these features instead of the default ones. */
    public static Container started(Path home, String... features) throws Exception {
        var names = Arrays.stream(features).map(name -> '"' + name + '"').toList();
        copy(INSTALLATION.resolve("conf"), home.resolve("conf"));
        Files.writeString(home.resolve("conf/openclaw.json"), "{\"features\": [" + String.join(", ", names) + "]}\n");
        return started(INSTALLATION, home);
    }

    /** A whole copy of the built installation, for tests that damage it. */
    public static Path copyOfTheInstallation(Path target) throws IOException {
        copy(INSTALLATION, target);
        return target;
    }

    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                var copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Runs {@code bin/claw} with these words, to its end. */
    public static Ran claw(Path installation, String... words) throws Exception {
        return ran(command(installation, words));
    }

    /** Runs {@code bin/claw} against this container's home, to its end. */
    public Ran claw(String... words) throws Exception {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--home", home.toString()));
        return ran(command(installation, all.toArray(String[]::new)));
    }

    /**
     * A command that has ended.
     *
     * @param exit its exit code
     * @param out what it wrote to both of its streams
     */
    public record Ran(int exit, String out) {}

    /** Kills the process with -9 and waits until it is gone; the exit code. */
    public int kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        return process.destroyForcibly().onExit().join().exitValue();
    }

    /** Sends SIGTERM and waits for the end; the exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("ended within a minute after SIGTERM")
                .isTrue();
        return process.exitValue();
    }

    /** Starts the same home again, after it has ended, and waits until it is ready. */
    public void restart() throws Exception {
        launchAgain();
        awaitReady();
    }

    /** Starts the same home again, after it has ended, and waits for nothing. */
    public void launchAgain() throws IOException {
        process = launch();
    }

    /** Waits until it is ready. */
    public void awaitReady() {
        Awaitility.await("ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("it ended:\n" + screen());
                    }
                })
                .ignoreExceptions()
                .until(() -> plain("GET", "/readyz", "").statusCode() == 200);
    }

    public long pid() {
        return process.pid();
    }

    public Path deploy() {
        return home.resolve("deploy");
    }

    /** What the process has printed since its first start. */
    public String screen() throws IOException {
        return Files.readString(home.resolveSibling(home.getFileName() + ".out"));
    }

    public String log() throws IOException {
        var file = home.resolve("logs/openclaw.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    public String adminToken() throws IOException {
        return Files.readString(home.resolve("conf/admin.token")).strip();
    }

    /** A request with the administrator's token; headers are pairs of name and value. */
    public HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        var all = new ArrayList<>(Arrays.asList(headers));
        all.addAll(List.of("Authorization", "Bearer " + adminToken()));
        return plain(method, path, body, all.toArray(String[]::new));
    }

    /** Sends a jar with the administrator's token and waits for its verdict. */
    public HttpResponse<String> upload(String path, byte[] jar) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + adminToken())
                        .header("Content-Type", "application/java-archive")
                        .POST(BodyPublishers.ofByteArray(jar))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Logs in to the console as its page does; the cookie that it gives. */
    public String login() throws Exception {
        var answer = plain(
                "POST",
                "/system/console/login",
                "token=" + adminToken(),
                "Content-Type",
                "application/x-www-form-urlencoded");
        var cookie = answer.headers().firstValue("Set-Cookie");
        assertThat(cookie).as("%d %s", answer.statusCode(), answer.body()).isPresent();
        return cookie.get().replaceAll(";.*", "");
    }

    /** A request that carries nothing but these headers. */
    public HttpResponse<String> plain(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!body.isEmpty() && Arrays.stream(headers).noneMatch("Content-Type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    public JsonNode json(String path) throws Exception {
        var answer = call("GET", path, "");
        assertThat(answer.statusCode()).as("GET %s: %s", path, answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** The row of a file of the drop folder, once it has this state. */
    public JsonNode awaitFile(String name, String state) {
        return Awaitility.await("deploy/" + name + " " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> file(name), row -> row.path("state").asString("").equals(state));
    }

    /** The row of a file of the drop folder; missing when it has none. */
    public JsonNode file(String name) throws Exception {
        for (var row : json("/v1/bundles").path("bundles")) {
            if (row.path("file").asString("").equals(name)) {
                return row;
            }
        }
        return JSON.missingNode();
    }

    /** Puts a jar into the drop folder by rename. */
    public void drop(Path jar, String name) throws IOException {
        var part = Files.copy(jar, deploy().resolve("." + name + ".part"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, deploy().resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        kill();
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        Files.createDirectories(home);
        var command = command(installation, "run", "--home", home.toString(), "--port", Integer.toString(port));
        command.command().addAll(0, prefix);
        command.environment().putAll(environment);
        var out = home.resolveSibling(home.getFileName() + ".out").toFile();
        return command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
                .start();
    }

    private static Ran ran(ProcessBuilder command) throws Exception {
        var ran = command.redirectErrorStream(true).start();
        ran.getOutputStream().close();
        var out = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(ran.waitFor(), out);
    }

    private static ProcessBuilder command(Path installation, String... words) {
        var line = new ArrayList<>(List.of(installation.resolve("bin/claw").toString()));
        line.addAll(List.of(words));
        var command = new ProcessBuilder(line);
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // it would be made in the installation that all share, and while others measure
        command.environment().put("CLAW_AOT", "off");
        return command;
    }
}
