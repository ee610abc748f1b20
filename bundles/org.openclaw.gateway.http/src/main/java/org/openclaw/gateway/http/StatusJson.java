package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.NodeStatus;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Severity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of the node as JSON. */
final class StatusJson {
    private StatusJson() {}

    static Shape shape() {
        var numbers = Shape.list(Shape.number());
        var millis = Shape.list(Shape.number().orNull());
        var history = Shape.object()
                .with("intervalSeconds", Shape.count())
                .with("until", Shape.time())
                .with("acceptedPerSecond", numbers)
                .with("turnsPerSecond", numbers)
                .with("failedPerSecond", numbers)
                .with("p50Millis", millis)
                .with("p99Millis", millis)
                .with("heapUsedBytes", numbers);
        var event = Shape.object()
                .with("at", Shape.time())
                .with("kind", Shape.text())
                .with("subject", Shape.text())
                .with("severity", Shape.oneOf(Severity.values()))
                .with("text", Shape.text());
        var finding = Shape.object()
                .with("id", Shape.text())
                .with("severity", Shape.oneOf(Severity.values()))
                .with("subject", Shape.text())
                .with("text", Shape.text())
                .with("why", Shape.text())
                .with("cure", Shape.text());
        return Shape.object()
                .with("version", Shape.text())
                .with("startedAt", Shape.time())
                .with("now", Shape.time())
                .with("uptimeSeconds", Shape.count())
                .with("ready", Shape.flag())
                .with("missing", Shape.list(Shape.text()))
                .with(
                        "process",
                        counts(
                                        "pid",
                                        "threads",
                                        "heapUsedBytes",
                                        "heapCommittedBytes",
                                        "heapMaxBytes",
                                        "nonHeapUsedBytes")
                                .maybe("cpuSeconds", Shape.number())
                                .maybe("rssBytes", Shape.count()))
                .with("disk", counts("freeBytes", "totalBytes"))
                .with(
                        "agents",
                        counts(
                                "total",
                                "types",
                                "active",
                                "passive",
                                "suspended",
                                "draining",
                                "quarantined",
                                "stranded"))
                .with(
                        "messages",
                        counts(
                                "accepted",
                                "refused",
                                "turns",
                                "failed",
                                "queries",
                                "expired",
                                "waiting",
                                "running",
                                "dead"))
                .with("bundles", counts("serving", "superseded", "refused", "arriving", "flagged"))
                .with("history", history)
                .with("events", Shape.list(event))
                .with("attention", Shape.list(finding))
                .named("Status");
    }

    private static Shape counts(String... names) {
        var shape = Shape.object();
        for (var name : names) {
            shape = shape.with(name, Shape.number());
        }
        return shape;
    }

    static ObjectNode of(NodeStatus status) {
        var json = Json.object()
                .put("version", status.version())
                .put("startedAt", status.startedAt().toString())
                .put("now", status.now().toString())
                .put("uptimeSeconds", status.uptime().toSeconds())
                .put("ready", status.ready());
        var missing = json.putArray("missing");
        status.missing().forEach(missing::add);
        put(json.putObject("process"), status.process());
        json.putObject("disk")
                .put("freeBytes", status.disk().free())
                .put("totalBytes", status.disk().total());
        put(json.putObject("agents"), status.agents());
        put(json.putObject("messages"), status.messages());
        put(json.putObject("bundles"), status.bundles());
        put(json.putObject("history"), status.history());
        var events = json.putArray("events");
        status.events().forEach(event -> put(events.addObject(), event));
        var attention = json.putArray("attention");
        status.attention().forEach(finding -> put(attention.addObject(), finding));
        return json;
    }

    private static void put(ObjectNode json, NodeStatus.ProcessUse process) {
        json.put("pid", process.pid());
        process.cpu().ifPresent(cpu -> json.put("cpuSeconds", seconds(cpu)));
        json.put("threads", process.threads())
                .put("heapUsedBytes", process.heapUsed())
                .put("heapCommittedBytes", process.heapCommitted())
                .put("heapMaxBytes", process.heapMax())
                .put("nonHeapUsedBytes", process.nonHeapUsed());
        process.resident().ifPresent(resident -> json.put("rssBytes", resident));
    }

    private static void put(ObjectNode json, NodeStatus.AgentCounts agents) {
        json.put("total", agents.total())
                .put("types", agents.types())
                .put("active", agents.active())
                .put("passive", agents.passive())
                .put("suspended", agents.suspended())
                .put("draining", agents.draining())
                .put("quarantined", agents.quarantined())
                .put("stranded", agents.stranded());
    }

    private static void put(ObjectNode json, NodeStatus.MessageCounts messages) {
        json.put("accepted", messages.accepted())
                .put("refused", messages.refused())
                .put("turns", messages.turns())
                .put("failed", messages.failed())
                .put("queries", messages.queries())
                .put("expired", messages.expired())
                .put("waiting", messages.waiting())
                .put("running", messages.running())
                .put("dead", messages.dead());
    }

    private static void put(ObjectNode json, NodeStatus.BundleCounts bundles) {
        json.put("serving", bundles.serving())
                .put("superseded", bundles.superseded())
                .put("refused", bundles.refused())
                .put("arriving", bundles.arriving())
                .put("flagged", bundles.flagged());
    }

    /** Column by column, as charts want it. */
    private static void put(ObjectNode json, NodeStatus.History history) {
        json.put("intervalSeconds", history.interval().toSeconds())
                .put("until", history.until().toString());
        var intervals = history.intervals();
        rates(json.putArray("acceptedPerSecond"), intervals, NodeStatus.Interval::acceptedPerSecond);
        rates(json.putArray("turnsPerSecond"), intervals, NodeStatus.Interval::turnsPerSecond);
        rates(json.putArray("failedPerSecond"), intervals, NodeStatus.Interval::failedPerSecond);
        var p50 = json.putArray("p50Millis");
        intervals.forEach(interval -> addMillis(p50, interval.p50()));
        var p99 = json.putArray("p99Millis");
        intervals.forEach(interval -> addMillis(p99, interval.p99()));
        var heap = json.putArray("heapUsedBytes");
        intervals.forEach(interval -> heap.add(interval.heapUsed()));
    }

    private static void rates(
            ArrayNode json, List<NodeStatus.Interval> intervals, ToDoubleFunction<NodeStatus.Interval> rate) {
        intervals.forEach(interval -> json.add(rounded(rate.applyAsDouble(interval))));
    }

    private static void addMillis(ArrayNode json, Optional<Duration> latency) {
        latency.ifPresentOrElse(present -> json.add(rounded(present.toNanos() / 1e6)), json::addNull);
    }

    private static double seconds(Duration time) {
        return rounded(time.toMillis() / 1e3);
    }

    /** To thousandths: more digits would only be noise. */
    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static void put(ObjectNode json, RuntimeEvent event) {
        json.put("at", event.at().toString())
                .put("kind", event.kind())
                .put("subject", event.subject())
                .put("severity", name(event.severity()))
                .put("text", event.text());
    }

    private static void put(ObjectNode json, Finding finding) {
        json.put("id", finding.id())
                .put("severity", name(finding.severity()))
                .put("subject", finding.subject())
                .put("text", finding.text())
                .put("why", finding.why())
                .put("cure", finding.cure());
    }

    private static String name(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
