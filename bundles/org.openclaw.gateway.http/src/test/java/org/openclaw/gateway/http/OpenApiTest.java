package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The document says what the servlet does: each of its operations is called, over HTTP. */
class OpenApiTest {
    private final TestDoor door = new TestDoor();
    private final Server server = new Server(new VirtualThreadPool());
    private final ApiServlet servlet =
            new ApiServlet(door.door, TestDoor.BOUNDS, door.cors, new EventStreams(2, new ThreadLoop("event-streams")));
    private final HttpClient client = HttpClient.newHttpClient();
    private String root = "";

    /** Each operation of the document, by its place in it. */
    record Operated(String method, String path, String id) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operated> operations() {
        var all = new ArrayList<Operated>();
        for (var path : document().get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (!operation.getKey().equals("parameters")) {
                    all.add(new Operated(
                            operation.getKey(),
                            path.getKey(),
                            operation.getValue().path("operationId").asString("")));
                }
            }
        }
        return all;
    }

    private static JsonNode document() {
        return TestDoor.json(new TestDoor().ask("GET", "/openapi.json").response());
    }

    @BeforeEach
    void start() throws Exception {
        Samples.fill(door);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var context = new ServletContextHandler("/", 0);
        var holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/v1/*");
        context.addServlet(holder, OpenApi.PATH);
        context.addServlet(new ServletHolder(new ProbeServlet()), "/healthz");
        context.addServlet(new ServletHolder(new ProbeServlet()), "/readyz");
        server.setHandler(context);
        server.start();
        root = "http://127.0.0.1:" + connector.getLocalPort();
    }

    @AfterEach
    void stop() throws Exception {
        servlet.close();
        client.shutdownNow();
        server.stop();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void eachOperationDoesWhatItSays(Operated operated) throws Exception {
        var sample = Samples.of(operated.id());
        assertThat(sample.method()).isEqualToIgnoringCase(operated.method());
        var request = HttpRequest.newBuilder(URI.create(root + sample.target()))
                .header("Authorization", "Bearer admin-token")
                .method(sample.method(), HttpRequest.BodyPublishers.ofString(sample.body()));
        if (!sample.mediaType().isEmpty()) {
            request.header("Content-Type", sample.mediaType());
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());

        try (var body = response.body()) {
            var type = response.headers().firstValue("Content-Type").orElse("");
            // nothing is there that could be ready
            assertThat(response.statusCode())
                    .isBetween(
                            operated.id().equals("ready") ? 503 : 200,
                            operated.id().equals("ready") ? 503 : 299);
            new Conformance(described())
                    .check(
                            operated.toString(),
                            document().path("paths").path(operated.path()).path(operated.method()),
                            response.statusCode(),
                            type,
                            type.equals("text/event-stream") ? new byte[0] : body.readAllBytes());
        }
    }

    private List<Route> described() {
        var all =
                Stream.concat(door.routes.stream(), Probes.described().stream()).toList();
        return Stream.concat(all.stream(), Stream.of(OpenApi.route(all))).toList();
    }

    @Test
    void nothingElseIsAnswered() {
        var ids = operations().stream().map(Operated::id).toList();

        assertThat(ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(Samples.ids());
    }

    @Test
    void needsNoToken() {
        assertThat(door.ask("GET", "/openapi.json")
                        .without("Authorization")
                        .response()
                        .status())
                .isEqualTo(200);
        assertThat(door.ask("POST", "/openapi.json").response().status()).isEqualTo(405);
        assertThat(door.ask("GET", "/openapi.json")
                        .with("Host", "evil.example")
                        .response()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void speaksOfNothingThatItDoesNotHave() {
        var document = document();

        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(place -> assertThat(document.at(place.substring(1)).isObject())
                        .as(place)
                        .isTrue());
        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
    }

    @Test
    void saysWhichVariablesAPathHas() {
        var parameter = document().at("/paths/~1v1~1agents~1{type}~1{key}/parameters/1");

        assertThat(parameter.get("name").asString()).isEqualTo("key");
        assertThat(parameter.get("required").asBoolean()).isTrue();
    }
}
