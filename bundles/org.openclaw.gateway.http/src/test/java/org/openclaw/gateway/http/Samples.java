package org.openclaw.gateway.http;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.capability.CapabilityView.Circuit;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Pinning;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.schema.Schema;

/** One call of each operation that succeeds, and the services among which it does. */
final class Samples {
    /** A call: an empty media type stands for no body. */
    record Sample(String method, String target, String mediaType, String body) {
        static Sample of(String method, String target) {
            return new Sample(method, target, "", "");
        }

        static Sample json(String method, String target, String body) {
            return new Sample(method, target, "application/json", body);
        }
    }

    private static final String FILE = "/v1/bundles/bot.jar";
    private static final String NEWS = "/v1/topics/news";
    private static final String PIN = "/v1/deployments/acme.bot/pin";

    /** By the id of the operation. */
    private static final Map<String, Sample> ALL = Map.ofEntries(
            entry("openApi", Sample.of("GET", "/openapi.json")),
            entry("alive", Sample.of("GET", "/healthz")),
            entry("ready", Sample.of("GET", "/readyz")),
            entry("sendMessage", Sample.json("POST", "/v1/agents/order/7/messages?type=order.Placed", "{}")),
            entry("getMessage", Sample.of("GET", "/v1/messages/r1")),
            entry("streamMessage", Sample.of("GET", "/v1/messages/r1/events")),
            entry("cancelMessage", Sample.of("DELETE", "/v1/messages/r1")),
            entry("streamEvents", Sample.of("GET", "/v1/events?type=order")),
            entry("streamAgentEvents", Sample.of("GET", "/v1/agents/order/7/events")),
            entry("listAgents", Sample.of("GET", "/v1/agents?limit=1")),
            entry("getAgent", Sample.of("GET", "/v1/agents/order/7")),
            entry("createAgent", Sample.of("PUT", "/v1/agents/order/8/late")),
            entry("changeAgent", Sample.json("PATCH", "/v1/agents/order/7", "{\"suspended\":true}")),
            entry("endAgent", Sample.of("DELETE", "/v1/agents/order/7")),
            entry("listTypes", Sample.of("GET", "/v1/types")),
            entry("getType", Sample.of("GET", "/v1/types/order")),
            entry("suspendType", Sample.of("POST", "/v1/types/order/suspend")),
            entry("resumeType", Sample.of("POST", "/v1/types/order/resume")),
            entry("listSchemas", Sample.of("GET", "/v1/schemas?limit=1")),
            entry("getSchema", Sample.of("GET", "/v1/schemas/" + ListedSchemas.PLACED.digest())),
            entry("listDeadLetters", Sample.of("GET", "/v1/dead-letters")),
            entry("getDeadLetter", Sample.of("GET", "/v1/dead-letters/d1")),
            entry("discardDeadLetter", Sample.of("DELETE", "/v1/dead-letters/d1")),
            entry("redriveDeadLetter", Sample.of("POST", "/v1/dead-letters/d1/redrive")),
            entry("listSignals", Sample.of("GET", "/v1/signals")),
            entry("answerSignal", Sample.json("POST", "/v1/signals/s1", "true")),
            entry("listTopics", Sample.of("GET", "/v1/topics")),
            entry("getTopic", Sample.of("GET", NEWS)),
            entry("publishMessage", Sample.json("POST", NEWS + "/messages?type=news.Told&subject=7", "{}")),
            entry("listPublications", Sample.of("GET", NEWS + "/messages?from=oldest&type=news.*")),
            entry("listSubscriptions", Sample.of("GET", NEWS + "/subscriptions")),
            entry("subscribeAgent", Sample.json("PUT", NEWS + "/subscriptions/order/8", "{\"from\":\"oldest\"}")),
            entry("rewindAgent", Sample.json("PATCH", NEWS + "/subscriptions/order/7", "{\"from\":\"now\"}")),
            entry("unsubscribeAgent", Sample.of("DELETE", NEWS + "/subscriptions/order/7")),
            entry("subscribe", Sample.json("PUT", NEWS + "/subscriptions/all", "{\"agent\":\"order/7\"}")),
            entry("rewindSubscription", Sample.json("PATCH", NEWS + "/subscriptions/each", "{\"from\":\"oldest\"}")),
            entry("unsubscribe", Sample.of("DELETE", NEWS + "/subscriptions/each")),
            entry("replayTopic", Sample.json("POST", NEWS + "/replays", "{\"agent\":\"order/7\"}")),
            entry("listCapabilities", Sample.of("GET", "/v1/capabilities")),
            entry("getCapability", Sample.of("GET", "/v1/capabilities/stock.reserve")),
            entry("listLimits", Sample.of("GET", "/v1/limits")),
            entry("listBundles", Sample.of("GET", "/v1/bundles")),
            entry("deployBundle", new Sample("POST", "/v1/bundles?name=bot.jar", "application/java-archive", "PK")),
            entry("getBundle", Sample.of("GET", FILE)),
            entry("undeployBundle", Sample.of("DELETE", FILE)),
            entry("listDeployments", Sample.of("GET", "/v1/deployments")),
            entry("getDeployment", Sample.of("GET", "/v1/deployments/acme.bot")),
            entry("pin", Sample.json("PUT", PIN, "{\"version\":\"1.2.0\"}")),
            entry("unpin", Sample.of("DELETE", PIN)),
            entry("getTrust", Sample.of("GET", "/v1/trust")),
            entry("revoke", Sample.json("POST", "/v1/trust/revocations", "{\"bundle\":\"acme.bot\"}")),
            entry("listCheckpoints", Sample.of("GET", "/v1/checkpoints")),
            entry("takeCheckpoint", Sample.of("POST", "/v1/checkpoints")),
            entry("deleteCheckpoint", Sample.of("DELETE", "/v1/checkpoints/20261126T144500Z")),
            entry("getStatus", Sample.of("GET", "/v1/status")),
            entry("getSubject", Sample.of("GET", "/v1/subject")));

    private Samples() {}

    static Set<String> ids() {
        return ALL.keySet();
    }

    static Sample of(String id) {
        return Optional.ofNullable(ALL.get(id))
                .orElseThrow(() -> new AssertionError("There is no sample of " + id + ": add one."));
    }

    /** Puts there what they are about. */
    static void fill(TestDoor door) throws Exception {
        door.agents.types.add(new AgentTypeView(
                "order",
                Optional.of("1.0.0"),
                List.of("1.0.0"),
                List.of(new AgentTypeView.MessageView(
                        "order.Placed", false, new Schema("order.Placed", "d1", "{\"type\":\"object\"}"))),
                Optional.of(new Schema("order.state", "d2", "{}")),
                false,
                1,
                new AgentCounts(0, 1, 0, 0, 0, 0, 0)));
        door.agents.agents.add(ListedAgents.view(Address.of("order", "7"), AgentState.PASSIVE));
        door.agents.agents.add(ListedAgents.view(Address.of("order", "9"), AgentState.PASSIVE));
        door.agents.limits.add(LimitsResourceTest.TYPE);
        door.bus.statuses.put(new ReceiptId("r1"), new MessageStatus.Waiting(Optional.of("it is suspended")));
        door.schemas.keep(ListedSchemas.ORDER, "1.0.0");
        door.bus.outcomes.put(new ReceiptId("r1"), new CompletableFuture<>());
        door.letters.add("d1", Address.of("order", "7"));
        door.waits.signal(Address.of("order", "7"), "s1");
        door.topics.fill();
        door.capabilities.all.add(
                CapabilitiesResourceTest.view(new Circuit.Closed(), Optional.of(Duration.ofMillis(1))));
        var file = BundlesResourceTest.serving(DeployedFile.State.SERVING);
        door.folder.files.put("bot.jar", file);
        door.folder.verdict = _ -> CompletableFuture.completedFuture(file);
        var deployment = DeploymentsResourceTest.deployment("1.2.0", "1.2.0");
        door.folder.deployments.put("acme.bot", deployment);
        door.folder.pinning = CompletableFuture.completedFuture(new Pinning.Done(deployment));
        door.checkpoints.take();
        door.status = Optional.of(
                StatusResourceTest.status(Optional.of(Duration.ofSeconds(1)), OptionalLong.of(7), List.of()));
    }
}
