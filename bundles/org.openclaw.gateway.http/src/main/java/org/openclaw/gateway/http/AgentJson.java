package org.openclaw.gateway.http;

import java.util.List;
import java.util.Locale;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.StepView;
import org.openclaw.agent.WaitView;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.message.Delivery;
import tools.jackson.databind.node.ObjectNode;

/** An agent as JSON. */
final class AgentJson {
    private AgentJson() {}

    static Shape shape() {
        return shared().named("Agent");
    }

    /** Of one that is shown whole. */
    static Shape wholeShape() {
        var data = Shape.any().saying("What it holds, for administrators who ask.");
        var message = Shape.object()
                .with("receipt", Shape.text())
                .with("type", Shape.text())
                .with("source", Shape.text())
                .with("acceptedAt", Shape.time())
                .with("bytes", Shape.count())
                .maybe("priority", Shape.count())
                .maybe("deadline", Shape.time())
                .maybe("expirytime", Shape.time())
                .maybe("data", data);
        var step = Shape.object()
                .with("name", Shape.text())
                .with("endedAt", Shape.time())
                .with("millis", Shape.count())
                .with("attempts", Shape.count())
                .maybe("cause", Shape.text())
                .maybe("bytes", Shape.count())
                .maybe("beside", Shape.flag())
                .maybe("data", data);
        var turn = Shape.object()
                .with("receipt", Shape.text())
                .with("type", Shape.text())
                .maybe("version", Shape.text())
                .with("at", Shape.time())
                .with("millis", Shape.count())
                .with("outcome", Shape.oneOf(RecentTurn.Outcome.values()))
                .maybe("code", Shape.text())
                .maybe("cause", Shape.text());
        return shared().maybe("waitsFor", Shape.list(WaitJson.shape()))
                .with("inbox", Shape.list(message))
                .with("steps", Shape.list(step))
                .with("recentTurns", Shape.list(turn))
                .named("WholeAgent");
    }

    private static Shape shared() {
        var timer = Shape.object()
                .with("name", Shape.text())
                .with("due", Shape.time())
                .with("type", Shape.text())
                .maybe("schedule", Shape.text())
                .maybe("data", Shape.any());
        return Shape.object()
                .with("address", Shape.text())
                .with("type", Shape.text())
                .with("key", Shape.text())
                .with("state", Shape.oneOf(AgentState.values()))
                .with("suspended", Shape.flag())
                .maybe("obstacle", Shape.text().saying("What holds it up."))
                .maybe("version", Shape.text())
                .with("waiting", Shape.count())
                .with("turns", Shape.count())
                .with("failures", Shape.count())
                .with("createdAt", Shape.time())
                .maybe("lastTurnAt", Shape.time())
                .maybe("memory", Shape.any().saying("Its state, as of its last commit."))
                .with("timers", Shape.list(timer));
    }

    static ObjectNode of(AgentView agent) {
        var json = Json.object()
                .put("address", agent.address().toString())
                .put("type", agent.address().type())
                .put("key", agent.address().key())
                .put("state", agent.state().name().toLowerCase(Locale.ROOT))
                .put("suspended", agent.suspended());
        Json.putIfPresent(json, "obstacle", agent.obstacle());
        Json.putIfPresent(json, "version", agent.version());
        json.put("waiting", agent.waiting())
                .put("turns", agent.turns())
                .put("failures", agent.failures())
                .put("createdAt", agent.createdAt().toString());
        Json.putIfPresent(json, "lastTurnAt", agent.lastTurnAt());
        agent.memory().ifPresent(memory -> json.set("memory", Json.embed(memory)));
        put(json, agent.timers());
        return json;
    }

    private static void put(ObjectNode json, List<AgentView.Timer> timers) {
        var array = json.putArray("timers");
        timers.forEach(timer -> put(array.addObject(), timer));
    }

    private static void put(ObjectNode json, AgentView.Timer timer) {
        json.put("name", timer.name()).put("due", timer.due().toString()).put("type", timer.type());
        Json.putIfPresent(json, "schedule", timer.schedule());
        timer.body().ifPresent(body -> json.set("data", Json.embed(body)));
    }

    /**
     * The same with other timers, what its suspended turn waits for, what waits for it, the steps of its turn and how its latest
     * messages ended.
     */
    static ObjectNode of(
            AgentView agent,
            List<AgentView.Timer> timers,
            List<WaitView> waits,
            List<WaitingMessage> inbox,
            List<StepView> steps,
            List<RecentTurn> recent) {
        var json = of(agent);
        put(json, timers);
        if (!waits.isEmpty()) {
            var waitsFor = json.putArray("waitsFor");
            waits.forEach(wait -> waitsFor.add(WaitJson.of(wait)));
        }
        var waiting = json.putArray("inbox");
        inbox.forEach(message -> put(waiting.addObject(), message));
        var taken = json.putArray("steps");
        steps.forEach(step -> put(taken.addObject(), step));
        var turns = json.putArray("recentTurns");
        recent.forEach(turn -> put(turns.addObject(), turn));
        return json;
    }

    private static void put(ObjectNode json, WaitingMessage message) {
        json.put("receipt", message.receipt().value())
                .put("type", message.type())
                .put("source", message.source())
                .put("acceptedAt", message.acceptedAt().toString())
                .put("bytes", message.bytes());
        put(json, message.delivery());
        message.body().ifPresent(body -> json.set("data", Json.embed(body)));
    }

    /** By the names of the CloudEvents attributes, as far as it is not as usual. */
    private static void put(ObjectNode json, Delivery delivery) {
        if (delivery.priority() != Delivery.NORMAL.priority()) {
            json.put("priority", delivery.priority());
        }
        Json.putIfPresent(json, "deadline", delivery.deadline());
        Json.putIfPresent(json, "expirytime", delivery.expires());
    }

    private static void put(ObjectNode json, StepView step) {
        json.put("name", step.name())
                .put("endedAt", step.endedAt().toString())
                .put("millis", step.took().toMillis())
                .put("attempts", step.attempts());
        Json.putIfPresent(json, "cause", step.cause());
        if (step.bytes() > 0) {
            json.put("bytes", step.bytes());
        }
        if (step.beside()) {
            json.put("beside", true);
        }
        step.result().ifPresent(result -> json.set("data", Json.embed(result)));
    }

    private static void put(ObjectNode json, RecentTurn turn) {
        json.put("receipt", turn.receipt().value()).put("type", turn.type());
        Json.putIfPresent(json, "version", turn.version());
        json.put("at", turn.at().toString())
                .put("millis", turn.took().toMillis())
                .put("outcome", turn.outcome().name().toLowerCase(Locale.ROOT));
        Json.putIfPresent(json, "code", turn.code());
        Json.putIfPresent(json, "cause", turn.cause());
    }
}
