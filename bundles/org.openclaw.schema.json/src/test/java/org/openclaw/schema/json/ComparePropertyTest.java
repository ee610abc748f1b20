package org.openclaw.schema.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openclaw.schema.Compatibility;
import org.openclaw.schema.Schema;
import org.openclaw.schema.Violation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The comparison against the validator: what is said to be compatible is, for all values that were found; and of what is said not to be,
 * mostly a value shows it. {@code -Dschema.seed=N} repeats one pair, {@code -Dschema.pairs=N} asks for more.
 */
final class ComparePropertyTest {
    private static final long SEED = 20_261_122;
    /** What authors do most, and may do whenever they like. */
    private static final List<String> HARMLESS = List.of(
            "add optional", "make optional", "remove required", "describe", "to int64", "unbounded", "any text");

    private static final int VALUES = 40;

    private final JsonSchemas schemas = new JsonSchemas();
    /** By change: how often yes, no with a value that shows it, no without one. */
    private final Map<String, int[]> answers = new TreeMap<>();

    @Test
    void saysYesOnlyWhenEveryValueFits() {
        var one = Long.getLong("schema.seed");
        if (one != null) {
            compare(one);
            return;
        }
        int pairs = Integer.getInteger("schema.pairs", 400);
        for (long pair = 0; pair < pairs; pair++) {
            compare(SEED + pair);
        }
        var all = new int[3];
        answers.forEach((change, counted) -> {
            for (int i = 0; i < 3; i++) {
                all[i] += counted[i];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-28s yes %5d  no, shown %5d  no, not shown %5d%n",
                    change,
                    counted[0],
                    counted[1],
                    counted[2]);
        });
        System.out.printf(
                Locale.ROOT,
                "%d pairs from seed %d: yes %d, no and shown %d, no and not shown %d: %.1f %% of all%n",
                pairs,
                SEED,
                all[0],
                all[1],
                all[2],
                50.0 * all[2] / pairs);
        assertThat(50.0 * all[2] / pairs)
                .as("percent of no that no value shows")
                .isLessThan(20);
        assertThat(all[0]).as("yes").isGreaterThan(pairs / 5);
        assertThat(HARMLESS.stream().filter(answers::containsKey))
                .as("harmless changes")
                .hasSizeGreaterThan(3);
        assertThat(HARMLESS)
                .allSatisfy(harmless ->
                        assertThat(answers.getOrDefault(harmless, new int[3])).endsWith(0, 0));
    }

    private void compare(long seed) {
        var random = new SplittableRandom(seed);
        var shapes = new RandomSchemas(random);
        var older = shapes.document();
        var newer = older.deepCopy();
        var changes = shapes.change(newer);
        var before = Schema.of("s", older.toString());
        var after = Schema.of("s", newer.toString());
        answer(seed, changes.size() == 1 ? changes.getFirst() : "several", before, older, after);
        answer(seed, changes.size() == 1 ? changes.getFirst() + ", backwards" : "several", after, newer, before);
    }

    private void answer(long seed, String change, Schema written, JsonNode shape, Schema read) {
        var incompatible = schemas.compare(written, read, Compatibility.BACKWARD);
        var values = new RandomValues(new SplittableRandom(seed), shape);
        var writer = (Compiled) schemas.compile(written);
        var reader = (Compiled) schemas.compile(read);
        var closed =
                schemas.compile(Schema.of("closed", closed((ObjectNode) shape).toString()));
        boolean shown = false;
        for (int i = 0; i < VALUES && !shown; i++) {
            var value = values.next().toString().getBytes(StandardCharsets.UTF_8);
            if (agreed(seed, writer, value).isEmpty() && closed.check(value).isEmpty()) {
                var violations = agreed(seed, reader, value);
                shown = !violations.isEmpty();
                if (shown && incompatible.isEmpty()) {
                    fail(
                            "seed %d, %s: said to be compatible, but %s fits %s and not %s: %s",
                            seed,
                            change,
                            new String(value, StandardCharsets.UTF_8),
                            written.json(),
                            read.json(),
                            violations);
                }
            }
        }
        answers.computeIfAbsent(change, _ -> new int[3])[incompatible.isEmpty() ? 0 : shown ? 1 : 2]++;
    }

    /** What a closed writer writes: at no value a member that neither its schema nor the alternative that it took declares. */
    private static ObjectNode closed(ObjectNode document) {
        var closed = document.deepCopy().put("unevaluatedProperties", false);
        close(closed);
        return closed;
    }

    private static void close(JsonNode schema) {
        Stream.concat(
                        schema.path("properties").valueStream(),
                        Stream.of(schema.path("items"), schema.path("additionalProperties")))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .forEach(value -> close(value.put("unevaluatedProperties", false)));
        for (var parts : List.of("anyOf", "oneOf", "allOf", "$defs")) {
            schema.path(parts).forEach(ComparePropertyTest::close);
        }
    }

    /** The short cut says yes to what the validator says yes to; of these schemas it knows all but the strange. */
    private static List<Violation> agreed(long seed, Compiled check, byte[] value) {
        var violations = check.check(value);
        assertThat(violations)
                .as(
                        "seed %d: %s against %s",
                        seed,
                        new String(value, StandardCharsets.UTF_8),
                        check.schema().json())
                .isEqualTo(check.findings(value));
        return violations;
    }
}
