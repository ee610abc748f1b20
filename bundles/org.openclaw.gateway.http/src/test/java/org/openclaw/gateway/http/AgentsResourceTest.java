package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.AgentView;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.schema.Schema;

class AgentsResourceTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    private final TestDoor door = new TestDoor();

    private void agent(String type, String key) {
        door.agents.agents.add(new AgentView(
                Address.of(type, key),
                AgentState.PASSIVE,
                Optional.of("1.0.0"),
                2,
                3,
                1,
                AT,
                Optional.of(AT.plusSeconds(1)),
                Optional.of(Body.json("{\"open\":1.50}")),
                List.of(new AgentView.Timer("escalate", AT.plusSeconds(60), "order.Late"))));
    }

    @Test
    void showsAnAgent() {
        agent("order", "a/b");

        assertThat(door.ask("GET", "/v1/agents/order/a/b").responseJson().toString())
                .isEqualTo("{\"address\":\"order/a/b\",\"type\":\"order\",\"key\":\"a/b\",\"state\":\"passive\","
                        + "\"version\":\"1.0.0\",\"waiting\":2,\"turns\":3,\"failures\":1,"
                        + "\"createdAt\":\"2026-11-01T12:00:00Z\",\"lastTurnAt\":\"2026-11-01T12:00:01Z\","
                        + "\"memory\":{\"open\":1.50},\"timers\":[{\"name\":\"escalate\","
                        + "\"due\":\"2026-11-01T12:01:00Z\",\"type\":\"order.Late\"}]}");
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
        assertThat(next).isEqualTo("order/2");
        assertThat(second.get("agents")).hasSize(1);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void saysThatAnAgentDoesNotExist() {
        var response = door.ask("GET", "/v1/agents/order/9").response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("agent.unknown");
    }

    @Test
    void retiresAnAgent() {
        agent("order", "1");

        assertThat(door.ask("DELETE", "/v1/agents/order/1").response().status()).isEqualTo(204);
        assertThat(door.agents.agents).isEmpty();
    }

    @Test
    void listsTheTypesWithTheDigestsOfTheirSchemas() {
        type(Optional.of("1.1.0"));

        assertThat(door.ask("GET", "/v1/types").responseJson().toString())
                .isEqualTo("{\"types\":[{\"name\":\"order\",\"serving\":\"1.1.0\",\"stranded\":false,"
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
                7));
    }
}
