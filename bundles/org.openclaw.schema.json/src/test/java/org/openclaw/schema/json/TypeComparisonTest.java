package org.openclaw.schema.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.schema.Compatibility;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaBreak;
import org.openclaw.schema.TypeSchemas;
import org.openclaw.schema.TypeSchemas.Policy;

final class TypeComparisonTest {
    private static final String ONE = """
            {"type":"object","properties":{"sku":{"type":"string"}},"required":["sku"]}""";
    private static final String TWO = """
            {"type":"object","properties":{"sku":{"type":"string"},"count":{"type":"integer"}},"required":["sku","count"]}""";
    private static final String DESCRIPTOR = """
            {"agentType":"order","class":"shop.OrderAgent","compatibility":{"messages":"NONE"},
             "state":{"class":"shop.State","digest":"d1","schema":{}},
             "messages":[{"type":"order.Placed","class":"shop.Placed","query":false,"digest":"d2","schema":{"minimum":0.5}}]}
            """;

    @TempDir
    private Path folder;

    private final JsonSchemas schemas = new JsonSchemas();

    private static TypeSchemas order(Policy policy, String state, Map<String, String> messages) {
        return new TypeSchemas(
                "order",
                messages.entrySet().stream()
                        .map(message -> Schema.of(message.getKey(), message.getValue()))
                        .toList(),
                Schema.of("order.state", state),
                policy);
    }

    private static TypeSchemas order(String state, Map<String, String> messages) {
        return order(Policy.USUAL, state, messages);
    }

    @Test
    void findsNothingWhereNothingChanged() {
        assertThat(schemas.compare(order(ONE, Map.of("order.Placed", TWO)), order(ONE, Map.of("order.Placed", TWO))))
                .isEmpty();
    }

    @Test
    void namesFieldRuleAndCure() {
        assertThat(schemas.compare(order(ONE, Map.of("order.Placed", ONE)), order(ONE, Map.of("order.Placed", TWO))))
                .singleElement()
                .asString()
                .isEqualTo("order.Placed at /count: the newer version requires it, the older may leave it out. Make it"
                        + " optional, or give the message another type.");
    }

    @Test
    void comparesMessagesBothWays() {
        assertThat(schemas.compare(order(ONE, Map.of("order.Placed", TWO)), order(ONE, Map.of("order.Placed", ONE))))
                .extracting(found -> found.why().pointer())
                .containsExactly("/count");
    }

    @Test
    void comparesStatesBackwards() {
        assertThat(schemas.compare(order(TWO, Map.of()), order(ONE, Map.of()))).isEmpty();
        assertThat(schemas.compare(order(ONE, Map.of()), order(TWO, Map.of())))
                .extracting(SchemaBreak::schema)
                .containsExactly("order.state");
    }

    @Test
    void callsARemovedMessageABreakAndANewOneNone() {
        var one = order(ONE, Map.of("order.Placed", ONE));
        var other = order(ONE, Map.of("order.Cancelled", ONE));

        assertThat(schemas.compare(one, other))
                .singleElement()
                .asString()
                .contains("order.Placed", "does not know such messages", "Keep the record");
        assertThat(schemas.compare(order(ONE, Map.of()), one)).isEmpty();
    }

    @Test
    void doesAsThePolicyOfTheArrivingVersionSays() {
        var present = order(ONE, Map.of("order.Placed", ONE));
        var free = new Policy(Compatibility.NONE, Compatibility.NONE);

        assertThat(schemas.compare(present, order(free, TWO, Map.of("order.Placed", TWO))))
                .isEmpty();
        assertThat(schemas.compare(order(free, ONE, Map.of()), order(TWO, Map.of())))
                .isNotEmpty();
        assertThat(schemas.compare(
                        present, order(new Policy(Compatibility.FORWARD, Compatibility.NONE), ONE, Map.of())))
                .isEmpty();
    }

    @Test
    void refusesToCompareTwoTypes() {
        var other = new TypeSchemas("other", List.of(), Schema.of("other.state", "{}"), Policy.USUAL);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> schemas.compare(order(ONE, Map.of()), other))
                .withMessageContaining("'order' and 'other'");
    }

    @Test
    void readsADescriptor() {
        assertThat(schemas.read(DESCRIPTOR.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new TypeSchemas(
                        "order",
                        List.of(new Schema("order.Placed", "d2", "{\"minimum\":0.5}")),
                        new Schema("order.state", "d1", "{}"),
                        new Policy(Compatibility.NONE, Compatibility.BACKWARD)));
    }

    @Test
    void refusesADescriptorWithAnotherShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> schemas.read(DESCRIPTOR.replace("NONE", "SOME").getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("\"SOME\" is none (expected one of: [BACKWARD, FORWARD, FULL, NONE])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schemas.read("{}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("no member 'agentType'");
    }

    @Test
    void readsTheTypesOfABundle() throws IOException {
        var jar = jar(Map.of(
                "OSGI-INF/openclaw/order.json",
                DESCRIPTOR,
                "OSGI-INF/openclaw/copy.json",
                DESCRIPTOR,
                "OSGI-INF/openclaw/tools.json",
                "{}",
                "OSGI-INF/openclaw/more/order.json",
                "nonsense"));

        assertThat(schemas.readBundle(jar)).extracting(TypeSchemas::agentType).containsExactly("order");
    }

    @Test
    void saysWhichDescriptorOfABundleIsBroken() throws IOException {
        var jar = jar(Map.of("OSGI-INF/openclaw/order.json", "{\"agentType\":\"order\"}"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> schemas.readBundle(jar))
                .withMessageContaining("OSGI-INF/openclaw/order.json: agent descriptor: no member");
    }

    private Path jar(Map<String, String> entries) throws IOException {
        var jar = folder.resolve("order.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
