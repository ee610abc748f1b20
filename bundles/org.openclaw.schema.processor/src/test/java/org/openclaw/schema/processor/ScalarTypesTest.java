package org.openclaw.schema.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ScalarTypesTest {
    private static final LocalDateTime TIME = LocalDateTime.parse("2026-11-22T08:00:00");

    @ParameterizedTest
    @MethodSource("values")
    void saysWhatJacksonWrites(Class<?> type, Object value) {
        JsonNode written = JsonMapper.builder().build().valueToTree(value);

        assertThat(ScalarTypes.named(type.getName()).orElseThrow().byName())
                .containsEntry("type", Json.of(kind(written)));
    }

    private static String kind(JsonNode written) {
        return written.isIntegralNumber()
                ? "integer"
                : written.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    static Stream<Arguments> values() {
        Stream<Arguments> ofOwnClass = Stream.of(
                        true,
                        (byte) 1,
                        (short) 1,
                        1,
                        1L,
                        1.5f,
                        1.5,
                        'c',
                        "text",
                        new BigDecimal("1.5"),
                        BigInteger.TEN,
                        Instant.EPOCH,
                        OffsetDateTime.of(TIME, ZoneOffset.UTC),
                        LocalDate.EPOCH,
                        LocalTime.NOON,
                        TIME,
                        Duration.ofMinutes(5),
                        Period.ofDays(1),
                        new UUID(1, 2),
                        URI.create("/a"))
                .map(value -> row(value.getClass(), value));
        return Stream.concat(ofOwnClass, Stream.of(row(ZoneId.class, ZoneId.of("Europe/Paris"))));
    }

    private static Arguments row(Class<?> type, Object value) {
        return Arguments.of(Named.of(type.getSimpleName(), type), value);
    }
}
