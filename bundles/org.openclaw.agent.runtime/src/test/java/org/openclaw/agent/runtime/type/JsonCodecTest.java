package org.openclaw.agent.runtime.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.message.Body;
import org.openclaw.schema.Violation;
import tools.jackson.databind.json.JsonMapper;

class JsonCodecTest {
    private final JsonCodec codec = new JsonCodec();

    enum Colour {
        RED,
        GREEN;

        /** For people; messages carry the name. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Item(String name, int count) {
        Item {
            if (count < 0) {
                throw new IllegalArgumentException("count " + count);
            }
        }

        boolean isEmpty() {
            return count == 0;
        }

        String getLabel() {
            return name + count;
        }
    }

    record Order(
            String id,
            Optional<String> note,
            List<Item> items,
            Map<String, Integer> sizes,
            Colour colour,
            Instant at,
            Duration within,
            boolean urgent) {}

    private static final Order ORDER = new Order(
            "o-1",
            Optional.of("soon"),
            List.of(new Item("a", 1)),
            Map.of("b", 2),
            Colour.RED,
            Instant.parse("2026-03-01T12:00:00Z"),
            Duration.ofMinutes(5),
            true);

    @Test
    void readsWhatItHasWritten() {
        assertThat(codec.decode(codec.encode(ORDER), Order.class)).isEqualTo(new Decoded.Fit(ORDER));
    }

    record Text(String text) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain ~ text",
                "\"",
                "\\",
                "a\nb",
                "\u0000",
                "\u001f",
                "\u007f",
                "\u00e4",
                "\u20ac",
                "\ud83d\ude00",
                "\u2028"
            })
    void writesTextsAsJacksonDoes(String text) {
        var usual = JsonMapper.builder().build();
        for (int length : new int[] {1, 20_000}) {
            var value = new Text(text.repeat(length));
            assertThat(codec.encode(value).text()).isEqualTo(usual.writeValueAsString(value));
            assertThat(codec.decode(codec.encode(value), Text.class)).isEqualTo(new Decoded.Fit(value));
        }
    }

    @Test
    void writesHalfACharacterAsJacksonDoes() {
        var usual = JsonMapper.builder().build();
        var value = new Text("a\ud83d");

        assertThat(codec.encode(value)).isEqualTo(Body.json(usual.writeValueAsBytes(value)));
    }

    @Test
    void writesTimesAsIso8601AndNothingButTheComponents() {
        assertThat(codec.encode(ORDER).text())
                .contains("\"2026-03-01T12:00:00Z\"", "\"PT5M\"", "\"RED\"", "{\"name\":\"a\",\"count\":1}");
    }

    @Test
    void ignoresUnknownMembersAndFillsMissingOptionals() {
        var json = codec.encode(ORDER).text().replace("\"note\":\"soon\"", "\"other\":{\"x\":[1]}");

        assertThat(codec.decode(Body.json(json), Order.class))
                .isInstanceOfSatisfying(
                        Decoded.Fit.class,
                        fit -> assertThat(((Order) fit.value()).note()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"id\":\"o-1\"        | \"id\":null           | /id            | null",
                "\"id\":\"o-1\"        | \"id\":7              | /id            | number",
                "\"id\":\"o-1\",       | ``                    | /id            | nothing",
                "\"urgent\":true       | \"urgent\":\"true\"   | /urgent        | string",
                "\"urgent\":true       | \"urgent\":null       | /urgent        | null",
                "\"count\":1           | \"count\":1.5         | /items/0/count | number",
                "\"count\":1           | \"count\":99999999999 | `` | a number out of range at line 1, column 67",
                "\"count\":1           | \"count\":\"1\"       | /items/0/count | string",
                "\"count\":1           | \"count\":-1          | /items/0       | a value that its constructor rejects",
                "[{\"name\":\"a\",\"count\":1}] | [null]       | /items/0       | null",
                "\"RED\"               | \"BLUE\"              | /colour        | string",
                "\"RED\"               | 0                     | /colour        | number",
                "2026-03-01T12:00:00Z  | yesterday             | /at            | string",
                "{\"b\":2}             | {\"b\":null}          | /sizes/b       | null",
            })
    void namesThePlaceAndTheKindOfWhatDoesNotFit(String good, String bad, String pointer, String found) {
        var json = codec.encode(ORDER).text();
        assertThat(json).contains(good);

        assertThat(codec.decode(Body.json(json.replace(good, bad)), Order.class))
                .isInstanceOfSatisfying(
                        Decoded.Unfit.class,
                        unfit -> assertThat(unfit.violations()).singleElement().satisfies(violation -> {
                            assertThat(violation.pointer()).isEqualTo(pointer);
                            assertThat(violation.found()).isEqualTo(found);
                        }));
    }

    record Counts(byte tiny, short small, int medium, Long large, BigInteger any, List<Integer> several) {}

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "7.000", "0.7e1", "70E-1"})
    void readsWholeNumbersHoweverTheyAreWritten(String seven) {
        var json = """
                {"tiny":7,"small":7,"medium":7,"large":7,"any":7,"several":[7]}""".replace("7", seven);

        assertThat(codec.decode(Body.json(json), Counts.class))
                .isEqualTo(new Decoded.Fit(new Counts((byte) 7, (short) 7, 7, 7L, BigInteger.valueOf(7), List.of(7))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.5", "1e-3", "1e10", "-1e40", "1e999999999", "1e-999999999"})
    void refusesFractionsAndWhatIsTooLarge(String number) {
        var json = """
                {"tiny":7,"small":7,"medium":%s,"large":7,"any":7,"several":[7]}""".formatted(number);

        assertThat(codec.decode(Body.json(json), Counts.class))
                .isInstanceOfSatisfying(
                        Decoded.Unfit.class,
                        unfit -> assertThat(unfit.violations())
                                .containsExactly(new Violation("/medium", "a whole number that fits int", "number")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "null", "[]", "{} {}", "'{\"id\":\"a\",\"id\":\"b\"}'", "nonsense"})
    void refusesWhatIsNoObject(String json) {
        assertThat(codec.decode(Body.json(json), Order.class)).isInstanceOf(Decoded.Unfit.class);
    }

    record Broken(int number) {
        @Override
        public int number() {
            throw new IllegalStateException("no number");
        }
    }

    @Test
    void saysWhatHasNoJsonForm() {
        assertThatThrownBy(() -> codec.encode(new Broken(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Broken: has no JSON form, at /number");
    }

    record Prices(Map<String, Integer> of) {}

    @Test
    void writesTheEntriesOfMapsInTheirOrderWhereThatMustNotCount() {
        var one = new LinkedHashMap<String, Integer>();
        one.put("milk", 1);
        one.put("bread", 2);
        var other = new LinkedHashMap<>(one).reversed();

        assertThat(codec.encode(new Prices(one))).isNotEqualTo(codec.encode(new Prices(other)));
        assertThat(codec.encodeOrdered(new Prices(one)))
                .isEqualTo(codec.encodeOrdered(new Prices(other)))
                .isEqualTo(Body.json("{\"of\":{\"bread\":2,\"milk\":1}}"));
    }
}
