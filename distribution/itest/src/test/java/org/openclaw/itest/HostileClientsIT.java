package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;

/** Whatever clients do to the HTTP door of a container, it goes on serving others in time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileClientsIT {
    private static final Duration IN_TIME = Duration.ofSeconds(10);
    private static final int PATIENCE = 20_000;
    /** Of the container, which has as many threads for requests as it is shipped with: 100. */
    private static final int CONNECTIONS = 2000;

    private static final String MESSAGES = "/v1/agents/echo/hostile/messages?type=echo.Say";

    @TempDir
    static Path temp;

    private static Container container;
    private static String token = "";

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        var conf = Files.createDirectories(temp.resolve("home/conf"));
        Files.writeString(
                conf.resolve("org.openclaw.gateway.jetty.cfg"),
                "connections.max=" + CONNECTIONS + "\nheaders.max.seconds=2\npiece.max.seconds=3\n");
        Files.writeString(
                conf.resolve("org.openclaw.gateway.http.cfg"), "message.max.seconds=3\nanswer.max.seconds=3\n");
        container = Container.started(temp.resolve("home"));
        token = container.adminToken();
        var plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
        container.drop(plugins.echo("1.0.0"), "echo.jar");
        container.awaitFile("echo.jar", "serving");
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    /** By another client, over a connection of its own. */
    @AfterEach
    void othersAreServedInTime() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            for (var path : List.of("/readyz", "/v1/agents/echo/hostile")) {
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + container.port + path))
                        .header("Authorization", "Bearer " + token)
                        .timeout(IN_TIME)
                        .build();
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .as(path)
                        .isIn(200, 404);
            }
        }
        for (var socket : sockets) {
            socket.close();
        }
        assertThat(container.log()).doesNotContain(" ERROR ", "\tat ");
    }

    private Socket open() throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE);
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), container.port));
        sockets.add(socket);
        return socket;
    }

    /** Sends it; false when the connection has been cut. */
    private static boolean send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    private static boolean send(Socket socket, String text) {
        return send(socket, text.getBytes(StandardCharsets.UTF_8));
    }

    /** All that comes until the server closes the connection. */
    private static String answers(Socket socket) throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException reset) {
            // it need not wait for the rest of what it refuses
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static String head(String method, String target, String... more) {
        return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s%s\r\n"
                .formatted(method, target, token, String.join("\r\n", more), more.length == 0 ? "" : "\r\n");
    }

    private static String post(String... more) {
        var all = new ArrayList<>(List.of("Content-Type: application/json"));
        all.addAll(List.of(more));
        return head("POST", MESSAGES, all.toArray(String[]::new));
    }

    private String ask(String request) throws IOException {
        return ask(request.getBytes(StandardCharsets.UTF_8));
    }

    private String ask(byte[] request) throws IOException {
        var socket = open();
        if (send(socket, request)) {
            socket.shutdownOutput();
        }
        return answers(socket);
    }

    /** Sends one piece after the other to all, until all are cut. */
    private static void trickle(List<Socket> sockets, String piece) {
        var left = new ArrayList<>(sockets);
        Awaitility.await("cut")
                .atMost(Duration.ofMillis(PATIENCE))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    left.removeIf(socket -> !send(socket, piece));
                    return left.isEmpty();
                });
    }

    @Test
    @Order(1)
    void whoSendsHeadersSlowlyIsCut() throws Exception {
        for (int client = 0; client < 200; client++) {
            send(open(), "GET /v1/agents HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        }
        othersAreServed();
        trickle(sockets, "a: b\r\n");
    }

    private static void othersAreServed() throws Exception {
        long began = System.nanoTime();
        assertThat(container.call("GET", "/v1/agents", "").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_TIME);
    }

    @Test
    @Order(1)
    void whoSendsBodiesSlowlyDoesNotGetAllThreads() throws Exception {
        for (int client = 0; client < 200; client++) {
            send(open(), post("Content-Length: 1000") + "{");
        }
        othersAreServed();
        assertThat(container.call("POST", MESSAGES, "{\"text\":\"x\"}").statusCode())
                .isIn(202, 503);
        trickle(sockets, " ");
    }

    @Test
    @Order(1)
    void whoTakesAnswersSlowlyDoesNotGetAllThreadsAndIsCut() throws Exception {
        for (int client = 0; client < 200; client++) {
            send(open(), head("GET", "/openapi.json").repeat(50));
        }
        othersAreServed();
        // a byte now and then
        var left = new ArrayList<>(sockets);
        Awaitility.await("cut").atMost(Duration.ofMillis(PATIENCE)).until(() -> {
            left.removeIf(socket -> !send(socket, "\r\n"));
            return left.isEmpty();
        });
    }

    @Test
    @Order(1)
    void aMebibyteOfHeadersIsRefused() throws Exception {
        assertThat(ask(head("GET", "/v1/agents", "x: " + "y".repeat(1 << 20)))).startsWith("HTTP/1.1 431");
        assertThat(ask(head("GET", "/v1/agents?x=" + "y".repeat(1 << 20)))).matches("(?s)HTTP/1.1 4(14|31).*|");
        assertThat(ask(head("GET", "/v1/agents", "x: y\r\n".repeat(100_000) + "z: z")))
                .startsWith("HTTP/1.1 431");
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            strings = {
                "zz\r\n{}\r\n0\r\n\r\n",
                "-1\r\n{}\r\n0\r\n\r\n",
                "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                "7fffffff\r\n{}",
                "2\r\n{}\r\n",
                "2 \u0000\r\n{}\r\n0\r\n\r\n",
                "\r\n\r\n"
            })
    void brokenChunksAreRefused(String chunks) throws Exception {
        assertThat(ask(post("Transfer-Encoding: chunked") + chunks)).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            strings = {
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 0\r\nContent-Length: 200",
                "Content-Length: 0, 200",
                "Content-Length: +0",
                "Content-Length: 0x0",
                "Content-Length : 0",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked\r\nContent-Length: 0",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding\u000b: chunked",
                "X: y\r\n Transfer-Encoding: chunked",
                "X: y\nContent-Length: 0\rZ: z"
            })
    void nothingIsSmuggledInABody(String framing) throws Exception {
        var smuggled = head("PUT", "/v1/agents/echo/smuggled", "Content-Length: 0");
        var answers = ask(post(framing) + smuggled);

        assertThat(answers).doesNotContain(" 201 ", " 500 ");
        assertThat(container.call("GET", "/v1/agents/echo/smuggled", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(1)
    void deepAndDenseBodiesAreRefused() throws Exception {
        var deep = "[".repeat(500_000);
        assertThat(ask(post("Content-Length: " + deep.length()) + deep)).startsWith("HTTP/1.1 400");

        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            for (int mebibyte = 0; mebibyte < 100; mebibyte++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        var request = new ByteArrayOutputStream();
        request.writeBytes(
                post("Content-Encoding: gzip", "Content-Length: " + bomb.size()).getBytes(StandardCharsets.UTF_8));
        request.writeBytes(bomb.toByteArray());
        assertThat(ask(request.toByteArray())).startsWith("HTTP/1.1 413");
    }

    @Test
    @Order(1)
    void anotherHostIsRefused() throws Exception {
        var good = head("GET", "/v1/agents");
        assertThat(ask(good)).startsWith("HTTP/1.1 200");
        for (var host : List.of("evil.example", "127.0.0.1.evil.example", "evil.example:" + container.port, "0x7f.1")) {
            assertThat(ask(good.replace("Host: 127.0.0.1", "Host: " + host)))
                    .as(host)
                    .startsWith("HTTP/1.1 403");
        }
        for (var broken : List.of("X: y", "Host: a\r\nHost: b", "Host: [::1", "Host: a b", "Host: 127.0.0.1:99999")) {
            assertThat(ask(good.replace("Host: 127.0.0.1", broken))).as(broken).matches("(?s)HTTP/1.1 40[03].*");
        }
        // what the line says counts (RFC 9112, 3.2.2)
        assertThat(ask(good.replace("GET /v1", "GET http://evil.example/v1"))).matches("(?s)HTTP/1.1 40[03].*");
    }

    @Test
    @Order(1)
    void halfOpenConnectionsKeepNobodyOut() throws Exception {
        for (int client = 0; client < CONNECTIONS + CONNECTIONS / 2; client++) {
            send(open(), client % 2 == 0 ? "" : "GET /v1/agents HTTP/1.1\r\nHost:");
        }
        Awaitility.await("served")
                .atMost(IN_TIME)
                .ignoreExceptions()
                .until(() -> container.plain("GET", "/healthz", "").statusCode() == 200);
    }

    @Test
    @Order(2)
    void requestsUnderWayEndWhenTheContainerStops() throws Exception {
        container.call("PATCH", "/v1/agents/echo/hostile", "{\"suspended\":true}");
        assertThat(container.call("POST", MESSAGES, "{\"text\":\"x\"}").statusCode())
                .isEqualTo(202);
        container.call("PATCH", "/v1/agents/echo/hostile", "{\"suspended\":true}");
        var stream = open();
        send(stream, head("GET", "/v1/events"));
        var waiting = open();
        var body = "{\"text\":\"y\"}";
        send(waiting, post("Prefer: wait=60", "Content-Length: " + body.length()) + body);
        assertThat(stream.getInputStream().read()).isEqualTo('H');
        Awaitility.await()
                .until(() -> container
                                .json("/v1/agents/echo/hostile")
                                .path("waiting")
                                .asInt()
                        > 0);

        long began = System.nanoTime();
        assertThat(container.terminate()).isIn(0, 143);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(answers(waiting)).startsWith("HTTP/1.1 202");
        assertThat(answers(stream)).endsWith("0\r\n\r\n");
        container.restart();
    }
}
