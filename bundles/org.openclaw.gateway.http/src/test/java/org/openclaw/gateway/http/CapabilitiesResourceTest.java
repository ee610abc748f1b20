package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityLimits;
import org.openclaw.capability.CapabilityView;
import org.openclaw.capability.CapabilityView.Circuit;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

class CapabilitiesResourceTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final CapabilityLimits LIMITS = new CapabilityLimits(
            "*",
            4,
            100,
            1_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            3,
            Duration.ofMillis(200),
            5,
            20,
            Duration.ofSeconds(30));

    private final TestDoor door = new TestDoor();

    private void stock(Circuit circuit, Optional<Duration> p50, CapabilityView.Waiter... waiting) {
        door.capabilities.all.add(view(circuit, p50, waiting));
    }

    static CapabilityView view(Circuit circuit, Optional<Duration> p50, CapabilityView.Waiter... waiting) {
        return new CapabilityView(
                "stock.reserve",
                List.of(new CapabilityView.Provider("acme.stock", "1.2.0")),
                LIMITS,
                circuit,
                new CapabilityView.Counts(9, 1, 2, 3, 4, 5, 6),
                p50,
                p50,
                List.of(waiting));
    }

    private static CapabilityView.Waiter waiter(String tenant) {
        return new CapabilityView.Waiter(
                "call",
                CapabilityView.Reason.ROOM,
                AT,
                Optional.of(new CapabilityView.Caller(new Tenant(tenant), Address.of("order", "7"))));
    }

    @Test
    void saysWhoProvidesItWithinWhichLimitsAndWhoWaits() {
        stock(
                new Circuit.Open(AT, "no stock", AT.plusSeconds(30)),
                Optional.of(Duration.ofNanos(1_250_000)),
                waiter("default"));

        assertThat(door.ask("GET", "/v1/capabilities").responseJson().toString())
                .isEqualTo("{\"capabilities\":[{\"name\":\"stock.reserve\","
                        + "\"providers\":[{\"bundle\":\"acme.stock\",\"version\":\"1.2.0\"}],"
                        + "\"limits\":{\"rule\":\"*\",\"concurrent\":4,\"perSecond\":100,\"queue\":1000,\"waitMillis\":10000,"
                        + "\"timeoutMillis\":5000,\"attempts\":3,\"retryMillis\":200,\"breakerFailures\":5,\"breakerCalls\":20,"
                        + "\"breakerMillis\":30000},"
                        + "\"circuit\":{\"state\":\"open\",\"since\":\"2026-11-01T12:00:00Z\",\"cause\":\"no stock\","
                        + "\"retryAt\":\"2026-11-01T12:00:30Z\"},"
                        + "\"calls\":9,\"failures\":1,\"refused\":2,\"retries\":3,\"timeouts\":4,\"running\":5,\"waiting\":6,"
                        + "\"p50Millis\":1.25,\"p99Millis\":1.25,"
                        + "\"waiters\":[{\"operation\":\"call\",\"for\":\"room\",\"since\":\"2026-11-01T12:00:00Z\","
                        + "\"agent\":\"order/7\"}]}]}");
    }

    @Test
    void doesNotNameTheAgentsOfOtherTenants() {
        stock(new Circuit.Closed(), Optional.empty(), waiter("others"));

        var json = door.ask("GET", "/v1/capabilities").responseJson().at("/capabilities/0");

        assertThat(json.at("/waiters/0/operation").asString()).isEqualTo("call");
        assertThat(json.at("/waiters/0").has("agent")).isFalse();
        assertThat(json.has("p50Millis")).isFalse();
        assertThat(json.at("/circuit").toString()).isEqualTo("{\"state\":\"closed\"}");
    }

    @Test
    void showsTheLatestCallsOfOne() {
        stock(new Circuit.HalfOpen(AT, "no stock"), Optional.empty());
        door.capabilities.calls.add(new CapabilityCall(
                "call",
                Optional.of("acme.stock"),
                Optional.of("1.2.0"),
                AT,
                Duration.ofMillis(7),
                Duration.ofMillis(2),
                2,
                Optional.empty(),
                Optional.empty()));
        door.capabilities.calls.add(new CapabilityCall(
                "call",
                Optional.empty(),
                Optional.empty(),
                AT,
                Duration.ZERO,
                Duration.ZERO,
                0,
                Optional.of("capability.open"),
                Optional.of("It failed too often.")));

        var json = door.ask("GET", "/v1/capabilities/stock.reserve").responseJson();

        assertThat(json.at("/circuit/state").asString()).isEqualTo("half-open");
        assertThat(json.get("recentCalls").toString())
                .isEqualTo("[{\"operation\":\"call\",\"provider\":\"acme.stock\",\"version\":\"1.2.0\","
                        + "\"startedAt\":\"2026-11-01T12:00:00Z\",\"millis\":7.0,\"waitedMillis\":2.0,\"attempts\":2},"
                        + "{\"operation\":\"call\",\"startedAt\":\"2026-11-01T12:00:00Z\",\"millis\":0.0,\"waitedMillis\":0.0,"
                        + "\"attempts\":0,\"code\":\"capability.open\",\"cause\":\"It failed too often.\"}]");
        assertThat(door.ask("GET", "/v1/capabilities/stock.reserve?limit=1")
                        .responseJson()
                        .get("recentCalls"))
                .hasSize(1);
    }

    @Test
    void saysThatThereIsNoneOfThatName() {
        var response = door.ask("GET", "/v1/capabilities/nonsense").response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("capability.unknown");
    }

    @Test
    void isForReadersToLookAt() {
        assertThat(door.ask("GET", "/v1/capabilities")
                        .with("Authorization", "Bearer reader-token")
                        .response()
                        .status())
                .isEqualTo(200);
        assertThat(door.ask("DELETE", "/v1/capabilities").response().status()).isEqualTo(405);
    }

    @Test
    void isAbsentWhileTheRuntimeIs() {
        door.present = false;

        assertThat(door.ask("GET", "/v1/capabilities").response().status()).isEqualTo(503);
    }
}
