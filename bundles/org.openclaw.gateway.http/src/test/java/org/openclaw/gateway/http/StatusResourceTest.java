package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.NodeStatus;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.Severity;

class StatusResourceTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    private final TestDoor door = new TestDoor();

    static NodeStatus status(Optional<Duration> cpu, OptionalLong resident, List<String> missing) {
        return new NodeStatus(
                "0.1.0",
                AT,
                AT.plusSeconds(90),
                missing,
                new NodeStatus.ProcessUse(42, cpu, 40, 1, 2, 3, 4, resident),
                new NodeStatus.DiskUse(5, 6),
                new NodeStatus.AgentCounts(15, 2, 1, 2, 3, 4, 5, 0),
                new NodeStatus.MessageCounts(10, 1, 8, 2, 3, 4, 0, 0, 6),
                new NodeStatus.BundleCounts(1, 2, 3, 4, 1),
                new NodeStatus.History(
                        Duration.ofSeconds(5),
                        AT.plusSeconds(85),
                        List.of(
                                new NodeStatus.Interval(0, 0, 0, Optional.empty(), Optional.empty(), 100),
                                new NodeStatus.Interval(
                                        2.00049,
                                        1.6,
                                        0.2,
                                        Optional.of(Duration.ofNanos(1_500_000)),
                                        Optional.of(Duration.ofSeconds(2)),
                                        200))),
                List.of(new Notice(AT, "bundle.refused", "a.jar", Severity.WARNING, "Refused a.jar.")),
                List.of(new Finding(
                        "bundle.refused", Severity.ERROR, "a.jar", "Refused.", "It does not run.", "Sign it.")));
    }

    @Test
    void saysHowTheNodeIs() {
        door.status = Optional.of(
                status(Optional.of(Duration.ofMillis(1_500)), OptionalLong.of(7), List.of("the drop folder")));

        assertThat(door.ask("GET", "/v1/status").responseJson().toString())
                .isEqualTo(
                        "{\"version\":\"0.1.0\",\"startedAt\":\"2026-11-01T12:00:00Z\",\"now\":\"2026-11-01T12:01:30Z\","
                                + "\"uptimeSeconds\":90,\"ready\":false,\"missing\":[\"the drop folder\"],"
                                + "\"process\":{\"pid\":42,\"cpuSeconds\":1.5,\"threads\":40,\"heapUsedBytes\":1,"
                                + "\"heapCommittedBytes\":2,\"heapMaxBytes\":3,\"nonHeapUsedBytes\":4,\"rssBytes\":7},"
                                + "\"disk\":{\"freeBytes\":5,\"totalBytes\":6},"
                                + "\"agents\":{\"total\":15,\"types\":2,\"active\":1,\"passive\":2,\"suspended\":3,\"draining\":4,"
                                + "\"quarantined\":5,\"stranded\":0},"
                                + "\"messages\":{\"accepted\":10,\"refused\":1,\"turns\":8,\"failed\":2,\"queries\":3,\"expired\":4,"
                                + "\"waiting\":0,\"running\":0,\"dead\":6},"
                                + "\"bundles\":{\"serving\":1,\"superseded\":2,\"refused\":3,\"arriving\":4,\"flagged\":1},"
                                + "\"history\":{\"intervalSeconds\":5,\"until\":\"2026-11-01T12:01:25Z\","
                                + "\"acceptedPerSecond\":[0.0,2.0],\"turnsPerSecond\":[0.0,1.6],\"failedPerSecond\":[0.0,0.2],"
                                + "\"p50Millis\":[null,1.5],\"p99Millis\":[null,2000.0],\"heapUsedBytes\":[100,200]},"
                                + "\"events\":[{\"at\":\"2026-11-01T12:00:00Z\",\"kind\":\"bundle.refused\",\"subject\":\"a.jar\","
                                + "\"severity\":\"warning\",\"text\":\"Refused a.jar.\"}],"
                                + "\"attention\":[{\"id\":\"bundle.refused\",\"severity\":\"error\",\"subject\":\"a.jar\","
                                + "\"text\":\"Refused.\",\"why\":\"It does not run.\",\"cure\":\"Sign it.\"}]}");
    }

    @Test
    void leavesOutWhatTheSystemDoesNotTell() {
        door.status = Optional.of(status(Optional.empty(), OptionalLong.empty(), List.of()));
        var process = door.ask("GET", "/v1/status").responseJson().get("process");

        assertThat(process.has("cpuSeconds")).isFalse();
        assertThat(process.has("rssBytes")).isFalse();
    }

    @Test
    void isAnsweredToAReader() {
        door.status = Optional.of(status(Optional.empty(), OptionalLong.empty(), List.of()));

        assertThat(door.ask("GET", "/v1/status")
                        .with("Authorization", "Bearer reader-token")
                        .response()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isAwayWhileNobodyWatchesTheNode() {
        assertThat(door.ask("GET", "/v1/status").response().status()).isEqualTo(503);
    }

    @Test
    void saysWhoAsks() {
        var admin = door.ask("GET", "/v1/subject").responseJson();
        var reader = door.ask("GET", "/v1/subject")
                .with("Authorization", "Bearer reader-token")
                .responseJson();

        assertThat(admin.toString()).isEqualTo("{\"name\":\"admin\",\"tenant\":\"default\",\"role\":\"admin\"}");
        assertThat(reader.get("role").asString()).isEqualTo("reader");
    }
}
