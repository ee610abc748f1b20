package org.openclaw.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    @TempDir
    private Path home;

    private final HttpServer server;
    private int status = 200;

    ProbeTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws IOException {
        server.createContext("/readyz", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        Files.createDirectories(home.resolve("data"));
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        Files.writeString(home.resolve("data/running.json"), "{\"pid\":1,\"url\":\"" + url + "\"}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void is0WhenTheContainerTakesWork() {
        assertThat(ask()).isZero();
    }

    @Test
    void is1WhileItDoesNot() {
        status = 503;
        assertThat(ask()).isEqualTo(1);
    }

    @Test
    void is1WhenNothingAnswers() {
        server.stop(0);
        assertThat(ask()).isEqualTo(1);
    }

    @Test
    void is1BeforeTheContainerHasSaidWhereItAnswers() throws IOException {
        Files.delete(home.resolve("data/running.json"));
        assertThat(ask()).isEqualTo(1);
    }

    private int ask() {
        return Probe.of(Map.of("CLAW_HOME", home.toString())).ask();
    }
}
