package org.openclaw.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The unpacked image as a container: its root file system read-only, its volumes, process 1 of its own, and the user of the
 * image. No engine is needed for that, but root is.
 */
final class RunningImage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path root;
    private final Path volumes;
    private final Map<String, String> environment;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    private RunningImage(Path root, Path volumes, Map<String, String> environment) throws IOException {
        this.root = root;
        this.volumes = volumes;
        this.environment = environment;
        try (var free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        this.process = launch();
    }

    /**
     * Starts the image and waits until it is ready.
     *
     * @param root the unpacked image
     * @param volumes with {@code conf}, {@code data} and {@code deploy}, and {@code secrets} for {@code /run/secrets}; made
     *     when they are missing
     * @param more environment variables besides those of the image
     */
    static RunningImage started(Path root, Path volumes, Map<String, String> more) throws IOException {
        for (var volume : List.of("conf", "data", "deploy")) {
            var folder = Files.createDirectories(volumes.resolve(volume));
            Files.setAttribute(folder, "unix:uid", 10001);
            Files.setAttribute(folder, "unix:gid", 10001);
        }
        Files.createDirectories(volumes.resolve("secrets"));
        var environment = new TreeMap<>(more);
        BuiltImage.TAR.configuration().path("config").path("Env").forEach(variable -> {
            var parts = variable.asString("").split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        var image = new RunningImage(root, volumes, environment);
        image.awaitReady();
        return image;
    }

    /** Why an image cannot be started here; empty when it can. */
    static String obstacle() throws InterruptedException {
        var attempt = List.of("unshare", "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/tmp");
        try {
            var tried = new ProcessBuilder(attempt).redirectErrorStream(true).start();
            var said = new String(tried.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return tried.waitFor() == 0 ? "" : obstacle(said);
        } catch (IOException missing) {
            return obstacle(String.valueOf(missing.getMessage()));
        }
    }

    private static String obstacle(String found) {
        return "The image is looked into but not started: that takes Linux, its util-linux, and root that may mount (%s says: %s)."
                .formatted(System.getProperty("user.name"), found);
    }

    Path conf() {
        return volumes.resolve("conf");
    }

    Path deploy() {
        return volumes.resolve("deploy");
    }

    /** What it has printed since its first start; the screen comes a moment after it is ready. */
    String printed() throws IOException {
        Awaitility.await("the screen").atMost(PATIENCE).until(() -> read().contains("Stop      Ctrl-C"));
        return read();
    }

    private String read() throws IOException {
        return Files.readString(out());
    }

    String token() throws IOException {
        return Files.readString(conf().resolve("admin.token")).strip();
    }

    /** The process that is number 1 of the container, by its number here. */
    ProcessHandle init() {
        return process.descendants().findFirst().orElseThrow(() -> new IllegalStateException("it has ended"));
    }

    /** A line of its {@code /proc/1/status}, without the name. */
    String status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + init().pid() + "/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /**
     * A command that has ended.
     *
     * @param exit its exit code
     * @param out what it wrote to both of its streams
     */
    record Ran(int exit, String out) {}

    /** Runs a program of the image inside, as {@code docker exec} does. */
    Ran exec(String... words) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("nsenter", "--target", Long.toString(init().pid())));
        line.addAll(List.of("--mount", "--pid", "--root", "--wd", "--setuid", "10001", "--setgid", "10001"));
        line.addAll(List.of(words));
        var command = new ProcessBuilder(line).redirectErrorStream(true);
        replace(command.environment());
        var ran = command.start();
        ran.getOutputStream().close();
        var out = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(ran.waitFor(), out.strip());
    }

    /** A request with the administrator's token. */
    HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The first line of the answer to a client that calls the server by this name. */
    String answerTo(String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request = "GET /v1/bundles HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }

    /** Waits until a file of the drop folder serves. */
    void awaitServing(String file) {
        Awaitility.await("deploy/" + file + " serving")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state(file), "serving"::equals);
    }

    private String state(String file) throws Exception {
        JsonNode bundles = JSON.readTree(call("GET", "/v1/bundles", "").body()).path("bundles");
        for (var row : bundles) {
            if (row.path("file").asString("").equals(file)) {
                return row.path("state").asString("");
            }
        }
        return "";
    }

    /** Sends SIGTERM to its process 1 and waits for the end; the exit code. */
    int terminate() throws InterruptedException {
        init().destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ended after SIGTERM")
                .isTrue();
        return process.exitValue();
    }

    /** Starts it again on the same volumes, after it has ended. */
    void restart() throws IOException {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private Process launch() throws IOException {
        var script = volumes.resolve("start.sh");
        try (var in = RunningImage.class.getResourceAsStream("/start.sh")) {
            Files.write(script, Objects.requireNonNull(in, "start.sh").readAllBytes());
        }
        var line = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "sh", script.toString()));
        line.addAll(List.of(root.toString(), volumes.toString()));
        var config = BuiltImage.TAR.configuration().path("config");
        config.path("Entrypoint").forEach(word -> line.add(word.asString("")));
        config.path("Cmd").forEach(word -> line.add(word.asString("")));
        line.addAll(List.of("--port", Integer.toString(port)));
        var command = new ProcessBuilder(line).redirectErrorStream(true);
        replace(command.environment());
        // the tools of the build machine come from its own PATH
        command.environment()
                .merge("PATH", System.getenv().getOrDefault("PATH", ""), (ours, theirs) -> ours + ":" + theirs);
        return command.redirectOutput(ProcessBuilder.Redirect.appendTo(out().toFile()))
                .start();
    }

    private void replace(Map<String, String> variables) {
        variables.clear();
        variables.putAll(environment);
    }

    private Path out() {
        return volumes.resolve("printed");
    }

    private void awaitReady() {
        Awaitility.await("ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("it ended:\n" + read());
                    }
                })
                .ignoreExceptions()
                .until(() -> call("GET", "/readyz", "").statusCode() == 200);
    }
}
