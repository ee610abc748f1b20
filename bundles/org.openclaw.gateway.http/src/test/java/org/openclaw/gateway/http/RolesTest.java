package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openclaw.message.Address;
import org.openclaw.security.Role;

/** Who may do what: the table of {@code ROLES.md} is what the door does. */
class RolesTest {
    /** What the paths of the table do not tell. */
    private static final List<String> MORE = List.of(
            "| `DELETE /v1/agents/{type}/{key}?purge=true` |  |  |  | x |",
            "| `GET /v1/agents/{type}/{key}?body=true` |  |  |  | x |",
            "| `GET /v1/dead-letters/{receipt}?body=true` |  |  |  | x |",
            "| `GET /v1/topics/{topic}/messages?body=true` |  |  |  | x |");

    private final TestDoor door = new TestDoor();

    private static List<Route> routes() {
        return new TestDoor().routes;
    }

    static List<Operation> operations() {
        return routes().stream()
                .flatMap(route -> route.operations().values().stream())
                .distinct()
                .toList();
    }

    @Test
    void areAsTheTableSays() throws Exception {
        var rows = new ArrayList<String>();
        for (var route : routes()) {
            route.operations().forEach((method, operation) -> {
                if (!method.equals("HEAD")) {
                    rows.add("| `" + method + " " + route.path() + "` |" + marks(operation));
                }
            });
        }
        rows.addAll(MORE);

        assertThat(Files.readAllLines(Path.of("ROLES.md")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .toList())
                .as("the table of ROLES.md")
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    private static String marks(Operation operation) {
        return Arrays.stream(Role.values())
                .map(role -> operation.isFor(role) ? " x |" : "  |")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whoMayDoesAndWhoMayNotIsRefused(Operation operation) throws Exception {
        for (var role : Role.values()) {
            var fresh = new TestDoor();
            Samples.fill(fresh);
            var sample = Samples.of(operation.id());
            var ask = fresh.ask(sample.method(), sample.target())
                    .with("Authorization", "Bearer " + role.name().toLowerCase(Locale.ROOT) + "-token");
            if (!sample.mediaType().isEmpty()) {
                ask.body(sample.mediaType(), sample.body().getBytes(StandardCharsets.UTF_8));
            }
            // a reader may call it, but with queries only
            boolean may = operation.isFor(role) && !(operation.id().equals("sendMessage") && role == Role.READER);

            assertThat(status(ask)).as(role.name()).matches(status -> may ? status < 300 : status == 403);
        }
    }

    private static int status(TestDoor.Ask ask) {
        return switch (ask.answer()) {
            case Answer.Stream _ -> 200;
            case Answer.After _ -> 202;
            case Answer.Now now -> now.response().status();
            case Answer.Later later ->
                later.response().toCompletableFuture().getNow(later.otherwise()).status();
        };
    }

    @Test
    void onlyAnAdministratorPurgesAndSeesBodies() throws Exception {
        Samples.fill(door);

        for (var call : List.of(
                Samples.Sample.of("DELETE", "/v1/agents/order/7?purge=true"),
                Samples.Sample.of("GET", "/v1/agents/order/7?body=true"),
                Samples.Sample.of("GET", "/v1/dead-letters/d1?body=true"),
                Samples.Sample.of("GET", "/v1/topics/news/messages?body=true"))) {
            var response = door.ask(call.method(), call.target())
                    .with("Authorization", "Bearer operator-token")
                    .response();
            assertThat(response.status()).as(call.target()).isEqualTo(403);
            assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("role.missing");
        }
        assertThat(door.agents.agents).anyMatch(agent -> agent.address().equals(Address.of("order", "7")));
    }

    @Test
    void aSenderSeesTheMessagesWhoseReceiptsItHasAndNothingElse() throws Exception {
        Samples.fill(door);

        assertThat(sender("GET", "/v1/messages/r1")).isEqualTo(200);
        assertThat(sender("GET", "/v1/messages/r2")).isEqualTo(404);
        assertThat(sender("DELETE", "/v1/messages/r1")).isEqualTo(403);
        assertThat(sender("GET", "/v1/agents/order/7")).isEqualTo(403);
        assertThat(sender("GET", "/v1/types/order")).isEqualTo(403);
        assertThat(sender("GET", "/v1/subject")).isEqualTo(200);
    }

    private int sender(String method, String target) {
        return door.ask(method, target)
                .with("Authorization", "Bearer sender-token")
                .response()
                .status();
    }
}
