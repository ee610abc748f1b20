package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.StepView;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Refusal;
import org.openclaw.schema.Schema;

class AgentsResourceTest {
    private static final Instant AT = ListedAgents.AT;

    private final TestDoor door = new TestDoor();

    private void agent(String type, String key) {
        door.agents.agents.add(new AgentView(
                Address.of(type, key),
                AgentState.PASSIVE,
                false,
                Optional.empty(),
                Optional.of("1.0.0"),
                2,
                3,
                1,
                AT,
                Optional.of(AT.plusSeconds(1)),
                Optional.of(Body.json("{\"open\":1.50}")),
                List.of(new AgentView.Timer(
                        "escalate", AT.plusSeconds(60), "order.Late", Optional.empty(), Optional.empty()))));
    }

    private void retired(String type, String key) {
        door.agents.agents.add(ListedAgents.view(Address.of(type, key), AgentState.RETIRED));
    }

    private void waits(String receipt) {
        door.agents.inbox.add(new WaitingMessage(
                new ReceiptId(receipt), "order.Placed", "/shop", AT, 17, Optional.of(Body.json("{\"sku\":\"a-1\"}"))));
    }

    @Test
    void showsWhatMessagesAndTimersHoldWhenAsked() {
        agent("order", "7");
        waits("r9");

        var shown = door.ask("GET", "/v1/agents/order/7?body=true").responseJson();

        assertThat(shown.at("/inbox/0/data").toString()).isEqualTo("{\"sku\":\"a-1\"}");
        assertThat(shown.at("/timers/0/data").toString()).isEqualTo("{\"late\":true}");
    }

    @Test
    void showsHowWaitingMessagesAreDeliveredWhereThatIsNotAsUsual() {
        agent("order", "7");
        waits("r9");
        door.agents.inbox.add(new WaitingMessage(
                new ReceiptId("r10"),
                "order.Placed",
                "/shop",
                AT,
                2,
                Optional.empty(),
                Delivery.of(8).by(AT).until(AT.plusSeconds(1))));

        var inbox = door.ask("GET", "/v1/agents/order/7").responseJson().get("inbox");

        assertThat(inbox.get(0).has("priority")).isFalse();
        assertThat(inbox.get(1).toString())
                .endsWith("\"bytes\":2,\"priority\":8,\"deadline\":\"2026-11-01T12:00:00Z\","
                        + "\"expirytime\":\"2026-11-01T12:00:01Z\"}");
    }

    @Test
    void showsTheStepsOfATurnAndWhatTheyResultedInWhenAsked() {
        agent("order", "7");
        door.agents.steps.add(new StepView(
                "reserve",
                AT,
                Duration.ofMillis(12),
                2,
                Optional.empty(),
                13,
                false,
                Optional.of(Body.json("{\"sku\":\"a-1\"}"))));
        door.agents.steps.add(new StepView(
                "fetch", AT, Duration.ofMillis(40), 1, Optional.empty(), 5_000_000, true, Optional.empty()));
        door.agents.steps.add(
                new StepView("pay", AT, Duration.ofMillis(3), 1, Optional.of("no money"), 0, false, Optional.empty()));

        var shown = door.ask("GET", "/v1/agents/order/7").responseJson();
        var whole = door.ask("GET", "/v1/agents/order/7?body=true").responseJson();

        assertThat(shown.get("steps").toString())
                .isEqualTo("[{\"name\":\"reserve\",\"endedAt\":\"2026-11-01T12:00:00Z\",\"millis\":12,\"attempts\":2,"
                        + "\"bytes\":13},"
                        + "{\"name\":\"fetch\",\"endedAt\":\"2026-11-01T12:00:00Z\",\"millis\":40,\"attempts\":1,"
                        + "\"bytes\":5000000,\"beside\":true},"
                        + "{\"name\":\"pay\",\"endedAt\":\"2026-11-01T12:00:00Z\",\"millis\":3,\"attempts\":1,"
                        + "\"cause\":\"no money\"}]");
        assertThat(whole.at("/steps/0/data").toString()).isEqualTo("{\"sku\":\"a-1\"}");
    }

    @Test
    void showsWhatASuspendedTurnWaitsFor() {
        agent("order", "7");
        door.waits.signal(Address.of("order", "7"), "s1");
        door.waits.question(Address.of("order", "8"), Address.of("stock", "1"));

        var shown = door.ask("GET", "/v1/agents/order/7").responseJson();

        assertThat(shown.get("waitsFor").toString()).isEqualTo("[" + ListedWaits.SIGNAL + "]");
    }

    @Test
    void showsAReaderEverythingButWhatMessagesHold() {
        agent("order", "7");
        waits("r9");

        var shown = door.ask("GET", "/v1/agents/order/7")
                .with("Authorization", "Bearer reader-token")
                .response();
        var refused = door.ask("GET", "/v1/agents/order/7?body=true")
                .with("Authorization", "Bearer reader-token")
                .response();

        assertThat(TestDoor.json(shown).at("/inbox/0").has("data")).isFalse();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("role.missing");
    }

    @Test
    void showsAnAgentWithWhatWaitsForItAndHowItsLatestMessagesEnded() {
        agent("order", "a/b");
        waits("r9");
        door.agents.recent.add(new RecentTurn(
                new ReceiptId("r8"),
                "order.Placed",
                Optional.of("1.0.0"),
                AT,
                Duration.ofMillis(12),
                RecentTurn.Outcome.DEAD,
                Optional.of("turn.failed"),
                Optional.of("out of stock")));
        door.agents.recent.add(new RecentTurn(
                new ReceiptId("r7"),
                "order.Cancelled",
                Optional.empty(),
                AT,
                Duration.ZERO,
                RecentTurn.Outcome.CANCELLED,
                Optional.empty(),
                Optional.empty()));

        assertThat(door.ask("GET", "/v1/agents/order/a/b").responseJson().toString())
                .isEqualTo("{\"address\":\"order/a/b\",\"type\":\"order\",\"key\":\"a/b\",\"state\":\"passive\","
                        + "\"suspended\":false,"
                        + "\"version\":\"1.0.0\",\"waiting\":2,\"turns\":3,\"failures\":1,"
                        + "\"createdAt\":\"2026-11-01T12:00:00Z\",\"lastTurnAt\":\"2026-11-01T12:00:01Z\","
                        + "\"memory\":{\"open\":1.50},\"timers\":[{\"name\":\"escalate\","
                        + "\"due\":\"2026-11-01T12:01:00Z\",\"type\":\"order.Late\"}],"
                        + "\"inbox\":[{\"receipt\":\"r9\",\"type\":\"order.Placed\",\"source\":\"/shop\","
                        + "\"acceptedAt\":\"2026-11-01T12:00:00Z\",\"bytes\":17}],\"steps\":[],"
                        + "\"recentTurns\":[{\"receipt\":\"r8\",\"type\":\"order.Placed\",\"version\":\"1.0.0\","
                        + "\"at\":\"2026-11-01T12:00:00Z\",\"millis\":12,\"outcome\":\"dead\",\"code\":\"turn.failed\","
                        + "\"cause\":\"out of stock\"},{\"receipt\":\"r7\",\"type\":\"order.Cancelled\","
                        + "\"at\":\"2026-11-01T12:00:00Z\",\"millis\":0,\"outcome\":\"cancelled\"}]}");
    }

    @Test
    void listsAgentsPageByPage() {
        agent("order", "1");
        agent("order", "2");
        agent("order", "3");
        agent("other", "1");
        var first = door.ask("GET", "/v1/agents?type=order&limit=2").responseJson();
        var next = first.get("next").asString();
        var second =
                door.ask("GET", "/v1/agents?type=order&limit=2&after=" + next).responseJson();

        assertThat(first.get("agents")).hasSize(2);
        assertThat(second.get("agents")).hasSize(1);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void passesTheFilterOn() {
        door.ask("GET", "/v1/agents?type=order&state=suspended,draining&q=A%2FB")
                .response();

        assertThat(door.agents.filter)
                .isEqualTo(new AgentFilter(
                        Optional.of("order"), Set.of(AgentState.SUSPENDED, AgentState.DRAINING), Optional.of("a/b")));
    }

    @Test
    void listsAllWhenTheFilterIsEmpty() {
        door.ask("GET", "/v1/agents?state=&q=").response();

        assertThat(door.agents.filter).isEqualTo(AgentFilter.ALL);
    }

    @Test
    void createsAnAgentOnce() {
        var created = door.ask("PUT", "/v1/agents/order/a/b%20c").response();
        var again = door.ask("PUT", "/v1/agents/order/a/b%20c").json("{}").response();

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers()).containsEntry("Location", "/v1/agents/order/a/b%20c");
        assertThat(TestDoor.json(created).get("address").asString()).isEqualTo("order/a/b c");
        assertThat(again.status()).isEqualTo(200);
    }

    @Test
    void saysWhyAnAgentWasNotCreated() {
        door.agents.refusal =
                Optional.of(Refusal.busy(Refusal.Kind.UNAVAILABLE, "node.agents.full", "Full.", Duration.ofMinutes(1)));

        var refused = door.ask("PUT", "/v1/agents/order/7").response();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsEntry("Retry-After", "60");
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("node.agents.full");
    }

    @Test
    void suspendsAndResumesAnAgent() {
        agent("order", "1");
        var suspended = door.ask("PATCH", "/v1/agents/order/1")
                .body("application/merge-patch+json", "{\"suspended\":true}".getBytes(StandardCharsets.UTF_8))
                .responseJson();
        var resumed = door.ask("PATCH", "/v1/agents/order/1")
                .json("{\"suspended\":false}")
                .responseJson();

        assertThat(suspended.get("state").asString()).isEqualTo("suspended");
        assertThat(suspended.get("suspended").asBoolean()).isTrue();
        assertThat(suspended.has("inbox")).isTrue();
        assertThat(resumed.get("state").asString()).isEqualTo("passive");
    }

    @Test
    void suspendsNobodyWhoDoesNotExist() {
        var response = door.ask("PATCH", "/v1/agents/order/9")
                .json("{\"suspended\":true}")
                .response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("agent.unknown");
    }

    @Test
    void saysThatAnAgentDoesNotExist() {
        var response = door.ask("GET", "/v1/agents/order/9").response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("agent.unknown");
    }

    @Test
    void retiresAnAgentWhichIsShownAsRetiredFromThenOn() {
        agent("order", "1");

        assertThat(door.ask("DELETE", "/v1/agents/order/1").response().status()).isEqualTo(204);
        assertThat(door.ask("GET", "/v1/agents/order/1")
                        .responseJson()
                        .get("state")
                        .asString())
                .isEqualTo("retired");
    }

    @Test
    void showsAnAgentThatHandlesWhatWaitsBeforeItIsRetired() {
        agent("order", "1");
        door.agents.busy = true;

        var draining = door.ask("DELETE", "/v1/agents/order/1").response();

        assertThat(draining.status()).isEqualTo(202);
        assertThat(TestDoor.json(draining).get("state").asString()).isEqualTo("draining");
    }

    @Test
    void retiresARetiredAgentAgainWithoutAnyEffect() {
        retired("order", "1");

        assertThat(door.ask("DELETE", "/v1/agents/order/1").response().status()).isEqualTo(204);
    }

    @Test
    void saysThatARetiredAgentCannotBeSuspended() {
        retired("order", "1");

        var refused = door.ask("PATCH", "/v1/agents/order/1")
                .json("{\"suspended\":true}")
                .response();

        assertThat(refused.status()).isEqualTo(404);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("agent.retired");
    }

    @Test
    void purgesAnAgent() {
        retired("order", "1");

        assertThat(door.ask("DELETE", "/v1/agents/order/1?purge=true")
                        .response()
                        .status())
                .isEqualTo(204);
        assertThat(door.agents.agents).isEmpty();
    }

    @Test
    void purgesNobodyWhoDoesNotExist() {
        var refused = door.ask("DELETE", "/v1/agents/order/9?purge=true").response();

        assertThat(refused.status()).isEqualTo(404);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("agent.unknown");
    }

    @Test
    void purgesNobodyWhoseTurnIsUnderWay() {
        agent("order", "1");
        door.agents.busy = true;

        var refused = door.ask("DELETE", "/v1/agents/order/1?purge=true").response();

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.headers()).containsEntry("Retry-After", "1");
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("agent.busy");
    }

    @Test
    void guessesNotWhatAHalfSaidPurgeMeans() {
        agent("order", "1");

        var refused = door.ask("DELETE", "/v1/agents/order/1?purge=yes").response();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(door.agents.agents).hasSize(1);
    }

    @Test
    void suspendsAndResumesAType() {
        type(Optional.of("1.1.0"));
        var suspended = door.ask("POST", "/v1/types/order/suspend").responseJson();
        var resumed = door.ask("POST", "/v1/types/order/resume").responseJson();

        assertThat(suspended.get("suspended").asBoolean()).isTrue();
        assertThat(resumed.get("suspended").asBoolean()).isFalse();
    }

    @Test
    void suspendsNoTypeThatDoesNotExist() {
        var refused = door.ask("POST", "/v1/types/order/suspend").response();

        assertThat(refused.status()).isEqualTo(404);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("type.unknown");
    }

    @Test
    void letsAReaderSuspendNothing() {
        type(Optional.of("1.1.0"));

        var refused = door.ask("POST", "/v1/types/order/suspend")
                .with("Authorization", "Bearer reader-token")
                .response();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(door.agents.types.getFirst().suspended()).isFalse();
    }

    @Test
    void listsTheTypesWithTheDigestsOfTheirSchemas() {
        type(Optional.of("1.1.0"));

        assertThat(door.ask("GET", "/v1/types").responseJson().toString())
                .isEqualTo(
                        "{\"types\":[{\"name\":\"order\",\"serving\":\"1.1.0\",\"stranded\":false,\"suspended\":false,"
                                + "\"resident\":[\"1.1.0\",\"1.0.0\"],\"agents\":7,\"messages\":[{\"type\":\"order.Status\","
                                + "\"query\":true,\"digest\":\"d1\"}],\"state\":{\"digest\":\"d2\"}}]}");
    }

    @Test
    void showsATypeWithItsSchemas() {
        type(Optional.of("1.1.0"));
        var json = door.ask("GET", "/v1/types/order").responseJson();

        assertThat(json.get("messages").get(0).get("schema").toString()).isEqualTo("{\"type\":\"object\"}");
        assertThat(json.get("state").get("schema").toString()).isEqualTo("{\"type\":\"string\"}");
    }

    @Test
    void saysThatATypeIsStranded() {
        type(Optional.empty());
        var json = door.ask("GET", "/v1/types/order").responseJson();

        assertThat(json.get("stranded").asBoolean()).isTrue();
        assertThat(json.has("serving")).isFalse();
    }

    private void type(Optional<String> serving) {
        door.agents.types.add(new AgentTypeView(
                "order",
                serving,
                List.of("1.1.0", "1.0.0"),
                List.of(new AgentTypeView.MessageView(
                        "order.Status", true, new Schema("order.Status", "d1", "{\"type\":\"object\"}"))),
                Optional.of(new Schema("order.state", "d2", "{\"type\":\"string\"}")),
                false,
                7,
                new AgentCounts(1, 6, 0, 0, 0, 0, 0)));
    }
}
