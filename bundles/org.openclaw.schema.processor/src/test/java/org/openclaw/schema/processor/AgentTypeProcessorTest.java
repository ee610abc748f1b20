package org.openclaw.schema.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AgentTypeProcessorTest {
    private static final String ORDER = """
            package shop;
            import org.openclaw.agent.Query;
            import org.openclaw.message.MessageType;
            /** What a customer does with an order. */
            public sealed interface Order {
                /**
                 * The customer has bought {@code quantity} of it.
                 *
                 * <p>More than a schema needs to know.
                 *
                 * @param sku names the {@link Shelf#place goods}
                 * @param quantity how many,
                 *     at least "1"
                 */
                record Placed(String sku, int quantity) implements Order {}
                sealed interface Ending extends Order {
                    @MessageType("shop.order-cancelled") record Cancelled(String reason) implements Ending {}
                }
                record Status() implements Order, Query<State> {}
            }
            """;
    private static final String STATE = """
            package shop;
            public record State(boolean open) {}
            """;
    private static final String AGENT = """
            package shop;
            import org.openclaw.agent.*;
            import org.openclaw.message.Address;
            @AgentType("order")
            public final class OrderAgent implements Agent<Order, State> {
                private final String injected = "";
                @Override public State initial(Address self) { return new State(true); }
                @Override public State handle(Order message, State state, Turn turn) { return state; }
            }
            """;
    private static final String PATH = "OSGI-INF/openclaw/order.json";

    @TempDir
    private Path folder;

    @Test
    void describesMessagesInTheOrderOfTheirDeclaration() {
        JsonNode messages = descriptor(ORDER, STATE, AGENT).get("messages");

        assertThat(messages.valueStream()
                        .map(message -> "%s %s %s"
                                .formatted(
                                        message.get("type").asString(),
                                        message.get("class").asString(),
                                        message.get("query").asBoolean())))
                .containsExactly(
                        "order.Placed shop.Order$Placed false",
                        "shop.order-cancelled shop.Order$Ending$Cancelled false",
                        "order.Status shop.Order$Status true");
    }

    @Test
    void writesTheMembersInTheOrderThatReadersExpect() {
        assertThat(Compilation.of(folder, ORDER, STATE, AGENT).text(PATH))
                .startsWith("""
                        {"agentType":"order","class":"shop.OrderAgent","state":{"class":"shop.State","digest":\
                        """)
                .contains(",\"schema\":{\"$schema\":", ",\"messages\":[{\"type\":\"order.Placed\",\"class\":");
    }

    @Test
    void identifiesEachSchemaByTheDigestOfItsCompactText() {
        assertThat(descriptor(ORDER, STATE, AGENT).get("messages").valueStream())
                .allSatisfy(message -> assertThat(message.get("digest").asString())
                        .isEqualTo(Digest.of(message.get("schema").toString())));
    }

    @Test
    void saysWhichVersionsHaveToUnderstandEachOtherWhereTheTypeDoes() {
        String breaking = AGENT.replace(
                "@AgentType(\"order\")",
                "@org.openclaw.schema.SchemaCompatibility(messages = org.openclaw.schema.Compatibility.NONE)"
                        + " @AgentType(\"order\")");

        assertThat(descriptor(ORDER, STATE, breaking).get("compatibility").toString())
                .isEqualTo("{\"messages\":\"NONE\"}");
        assertThat(descriptor(ORDER, STATE, AGENT).has("compatibility")).isFalse();
    }

    @Test
    void takesDescriptionsFromJavadoc() {
        JsonNode placed = descriptor(ORDER, STATE, AGENT).get("messages").get(0).get("schema");

        assertThat(placed.toString()).isEqualTo("""
                {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",\
                "description":"The customer has bought quantity of it.",\
                "properties":{"sku":{"type":"string","description":"names the goods"},\
                "quantity":{"type":"integer","format":"int32","minimum":-2147483648,"maximum":2147483647,"description":"how many, at least \\"1\\""}},\
                "required":["sku","quantity"]}""");
    }

    @Test
    void declaresTheCapabilityWithTheDigestOfTheDescriptor() {
        Compilation compiled = Compilation.of(folder, ORDER, STATE, AGENT);

        assertThat(compiled.text("shop/OrderAgentDeclaration.java"))
                .contains(
                        "@org.osgi.annotation.bundle.Capability(",
                        "namespace = \"org.openclaw.agent\"",
                        "name = \"order\"",
                        "\"path=OSGI-INF/openclaw/order.json\", \"digest=" + Digest.of(compiled.text(PATH)) + "\"");
    }

    @Test
    void writesTheSameBytesWhateverTheOrderOfTheSources() {
        String first = Compilation.of(folder.resolve("1"), ORDER, STATE, AGENT).text(PATH);

        assertThat(Compilation.of(folder.resolve("2"), AGENT, STATE, ORDER).text(PATH))
                .isEqualTo(first);
    }

    @Test
    void acceptsOneRecordAsTheOnlyMessage() {
        JsonNode messages = descriptor(
                        """
                        package shop;
                        public record Ping(String text) {}
                        """,
                        STATE,
                        AGENT.replace("Order message", "Ping message").replace("<Order,", "<Ping,"))
                .get("messages");

        assertThat(messages.valueStream().map(message -> message.get("type").asString()))
                .containsExactly("order.Ping");
    }

    @Test
    void findsTheAgentInterfaceBehindASuperclass() {
        String general = """
                package shop;
                import org.openclaw.agent.*;
                import org.openclaw.message.Address;
                abstract class General<M> implements Agent<M, State> {
                    @Override public State initial(Address self) { return new State(true); }
                    @Override public State handle(M message, State state, Turn turn) { return state; }
                }
                """;
        String special = """
                package shop;
                @org.openclaw.agent.AgentType("order")
                final class Special extends General<Order> {}
                """;

        assertThat(descriptor(ORDER, STATE, general, special).get("messages")).hasSize(3);
    }

    @Test
    void declaresANestedAgentClassByItsBinaryName() {
        String nested = "package shop;\nclass Outer {\n"
                + AGENT.substring(AGENT.indexOf("@AgentType"))
                        .replace("@AgentType", "@org.openclaw.agent.AgentType")
                        .replace("implements Agent", "implements org.openclaw.agent.Agent")
                        .replace("(Address", "(org.openclaw.message.Address")
                        .replace("Turn turn", "org.openclaw.agent.Turn turn")
                        .replace("public final", "static final")
                + "}";

        assertThat(descriptor(ORDER, STATE, nested).get("class").asString()).isEqualTo("shop.Outer$OrderAgent");
    }

    private JsonNode descriptor(String... sources) {
        return JsonMapper.builder()
                .build()
                .readTree(Compilation.of(folder, sources).text(PATH));
    }
}
