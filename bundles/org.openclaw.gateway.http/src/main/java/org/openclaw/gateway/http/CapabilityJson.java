package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityLimits;
import org.openclaw.capability.CapabilityView;
import org.openclaw.message.Tenant;
import tools.jackson.databind.node.ObjectNode;

/** A capability and its calls as JSON. */
final class CapabilityJson {
    private CapabilityJson() {}

    static Shape shape() {
        return whole().named("Capability");
    }

    static Shape shapeWithCalls() {
        var call = Shape.object()
                .with("operation", Shape.text())
                .maybe("provider", Shape.text())
                .maybe("version", Shape.text())
                .with("startedAt", Shape.time())
                .with("millis", Shape.number())
                .with("waitedMillis", Shape.number())
                .with("attempts", Shape.count())
                .maybe("code", Shape.text())
                .maybe("cause", Shape.text())
                .named("CapabilityCall");
        return whole().with("recentCalls", Shape.list(call)).named("CapabilityWithCalls");
    }

    private static Shape whole() {
        var provider = Shape.object().with("bundle", Shape.text()).with("version", Shape.text());
        var waiter = Shape.object()
                .with("operation", Shape.text())
                .with("for", Shape.oneOf(CapabilityView.Reason.values()))
                .with("since", Shape.time())
                .maybe("agent", Shape.text());
        var circuit = Shape.object()
                .with("state", Shape.oneOf("closed", "open", "half-open"))
                .maybe("since", Shape.time())
                .maybe("cause", Shape.text())
                .maybe("retryAt", Shape.time());
        var shape = Shape.object()
                .with("name", Shape.text())
                .with("providers", Shape.list(provider))
                .with("limits", limits())
                .with("circuit", circuit);
        for (var count : List.of("calls", "failures", "refused", "retries", "timeouts", "running", "waiting")) {
            shape = shape.with(count, Shape.count());
        }
        return shape.maybe("p50Millis", Shape.number())
                .maybe("p99Millis", Shape.number())
                .with("waiters", Shape.list(waiter));
    }

    private static Shape limits() {
        var shape = Shape.object().with("rule", Shape.text());
        for (var limit : List.of(
                "concurrent",
                "perSecond",
                "queue",
                "waitMillis",
                "timeoutMillis",
                "attempts",
                "retryMillis",
                "breakerFailures",
                "breakerCalls",
                "breakerMillis")) {
            shape = shape.with(limit, Shape.number());
        }
        return shape.named("CapabilityLimits");
    }

    /** @param tenant of whoever asks: agents of others are not named */
    static ObjectNode of(CapabilityView capability, Tenant tenant) {
        var json = Json.object().put("name", capability.name());
        var providers = json.putArray("providers");
        for (var provider : capability.providers()) {
            providers.addObject().put("bundle", provider.bundle()).put("version", provider.version());
        }
        put(json.putObject("limits"), capability.limits());
        put(json.putObject("circuit"), capability.circuit());
        var counts = capability.counts();
        json.put("calls", counts.calls())
                .put("failures", counts.failures())
                .put("refused", counts.refused())
                .put("retries", counts.retries())
                .put("timeouts", counts.timeouts())
                .put("running", counts.running())
                .put("waiting", counts.waiting());
        put(json, "p50Millis", capability.p50());
        put(json, "p99Millis", capability.p99());
        var waiters = json.putArray("waiters");
        for (var waiter : capability.waiting()) {
            var each = waiters.addObject()
                    .put("operation", waiter.operation())
                    .put("for", waiter.reason().name().toLowerCase(Locale.ROOT))
                    .put("since", waiter.since().toString());
            Json.putIfPresent(
                    each,
                    "agent",
                    waiter.caller()
                            .filter(caller -> caller.tenant().equals(tenant))
                            .map(CapabilityView.Caller::agent));
        }
        return json;
    }

    private static void put(ObjectNode json, CapabilityLimits limits) {
        json.put("rule", limits.rule())
                .put("concurrent", limits.concurrent())
                .put("perSecond", limits.perSecond())
                .put("queue", limits.queue())
                .put("waitMillis", limits.patience().toMillis())
                .put("timeoutMillis", limits.timeout().toMillis())
                .put("attempts", limits.attempts())
                .put("retryMillis", limits.pause().toMillis())
                .put("breakerFailures", limits.failures())
                .put("breakerCalls", limits.calls())
                .put("breakerMillis", limits.open().toMillis());
    }

    private static void put(ObjectNode json, CapabilityView.Circuit circuit) {
        switch (circuit) {
            case CapabilityView.Circuit.Closed() -> json.put("state", "closed");
            case CapabilityView.Circuit.Open(var since, var cause, var retryAt) ->
                json.put("state", "open")
                        .put("since", since.toString())
                        .put("cause", cause)
                        .put("retryAt", retryAt.toString());
            case CapabilityView.Circuit.HalfOpen(var since, var cause) ->
                json.put("state", "half-open").put("since", since.toString()).put("cause", cause);
        }
    }

    static ObjectNode of(CapabilityCall call) {
        var json = Json.object().put("operation", call.operation());
        Json.putIfPresent(json, "provider", call.provider());
        Json.putIfPresent(json, "version", call.version());
        json.put("startedAt", call.startedAt().toString())
                .put("millis", millis(call.took()))
                .put("waitedMillis", millis(call.waited()))
                .put("attempts", call.attempts());
        Json.putIfPresent(json, "code", call.code());
        Json.putIfPresent(json, "cause", call.cause());
        return json;
    }

    private static void put(ObjectNode json, String name, Optional<Duration> time) {
        time.ifPresent(present -> json.put(name, millis(present)));
    }

    /** Calls of the same JVM take microseconds. */
    private static double millis(Duration time) {
        return Math.round(time.toNanos() / 1_000.0) / 1_000.0;
    }
}
