package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What agents do, as it happens, over HTTP. */
class EventsIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path temp;

    private static Container container;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        container = Container.started(temp.resolve("home"));
        var plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
        container.drop(plugins.echo("1.0.0"), "echo.jar");
        container.awaitFile("echo.jar", "serving");
    }

    @AfterAll
    static void stop() {
        CLIENT.shutdownNow();
        container.close();
    }

    private static HttpResponse<Stream<String>> open(String path, String lastId) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + container.port + path))
                .header("Authorization", "Bearer " + container.adminToken());
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .get(30, TimeUnit.SECONDS);
    }

    private static void say(String key) throws Exception {
        var path = "/v1/agents/echo/" + key + "/messages?type=echo.Say";
        assertThat(container.call("POST", path, "{\"text\":\"hello\"}").statusCode())
                .isEqualTo(202);
    }

    /** The next event, behind comments and ids alone. */
    private static JsonNode next(Iterator<String> lines) {
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.startsWith("data: ")) {
                return JSON.readTree(line.substring("data: ".length()));
            }
        }
        throw new AssertionError("the stream has ended");
    }

    @Test
    void aReplyIsShownWhileItComesIntoBeing() throws Exception {
        var sent = container.call("POST", "/v1/agents/echo/shown/messages?type=echo.Slow", "{\"millis\":2000}");
        assertThat(sent.statusCode()).isEqualTo(202);
        var path = "/v1/messages/" + JSON.readTree(sent.body()).path("receipt").asString() + "/events";
        var lines = open(path, "").body().iterator();
        var text = new StringBuilder();
        var event = next(lines);
        while (event.has("text")) {
            assertThat(event.path("attempt").asInt()).isEqualTo(1);
            assertThat(event.path("offset").asInt()).isEqualTo(text.length());
            text.append(event.path("text").asString());
            event = next(lines);
        }
        assertThat(text).hasToString("going slow");
        assertThat(event.path("status").asString()).isEqualTo("done");
        assertThat(event.path("reply").path("data").path("text").asString()).isEqualTo("slow");
        assertThat(lines).toIterable().noneMatch(line -> line.startsWith("data:"));
        assertThat(open(path, "0000000000000001-1-10-end").statusCode()).isEqualTo(204);
        assertThat(open("/v1/messages/1-1-0000000000000001/events", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aStreamTellsWhatAnAgentDoesGoesOnWhereItWasAndEndsWithTheContainer() throws Exception {
        var path = "/v1/agents/echo/told/events";
        var first = open(path, "");
        var lines = first.body().iterator();
        assertThat(first.headers().firstValue("Content-Type"))
                .as("%s begins with %s", first, lines.next())
                .contains("text/event-stream");
        say("other");
        say("told");
        var done = next(lines);
        assertThat(done.path("kind").asString()).isEqualTo("turn.done");
        assertThat(done.path("agent").asString()).isEqualTo("echo/told");
        assertThat(done.path("messageType").asString()).isEqualTo("echo.Say");
        first.body().close();

        var suspend = container.call("PATCH", "/v1/agents/echo/told", "{\"suspended\":true}");
        assertThat(suspend.statusCode()).isEqualTo(200);
        var again = open(path, done.path("id").asString()).body().iterator();
        var suspended = next(again);
        assertThat(suspended.path("kind").asString()).isEqualTo("agent.suspended");

        assertThat(container.terminate()).isIn(0, 143);
        assertThat(again).toIterable().noneMatch(line -> line.startsWith("data:"));
        assertThat(container.log()).contains("Stopped").doesNotContain(" WARN ", " ERROR ");
        container.restart();
        container.awaitFile("echo.jar", "serving");
        var lost = open(path, suspended.path("id").asString());
        assertThat(lost.statusCode()).isEqualTo(410);
        assertThat(String.join("", lost.body().toList())).contains("events.forgotten", "earlier start");
    }
}
