package org.openclaw.schema.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The formats that the annotation processor derives: what the Java type behind each writes and reads. They are wider than
 * RFC 3339 where Java is: years beyond 9999, negative durations.
 */
final class Formats {
    private static final Map<String, Predicate<String>> TEXTS = Map.of(
            "date-time", text -> Times.isPlainDateTime(text) || parses(DateTimeFormatter.ISO_OFFSET_DATE_TIME, text),
            "date", text -> parses(DateTimeFormatter.ISO_LOCAL_DATE, text),
            "date-time-local", text -> parses(DateTimeFormatter.ISO_LOCAL_DATE_TIME, text),
            "time-local", text -> parses(DateTimeFormatter.ISO_LOCAL_TIME, text),
            "duration", Formats::isDuration,
            "uuid", Formats::isUuid,
            "uri-reference", Formats::isUri);

    private static final Map<String, Predicate<JsonNode>> NUMBERS = Map.of(
            "int32", value -> fits(value, Integer.MIN_VALUE, Integer.MAX_VALUE),
            "int64", value -> fits(value, Long.MIN_VALUE, Long.MAX_VALUE),
            "float", value -> Float.isFinite(value.decimalValue().floatValue()),
            "double", value -> Double.isFinite(value.decimalValue().doubleValue()));

    private Formats() {}

    static List<Format> all() {
        return Stream.concat(
                        TEXTS.entrySet().stream().map(entry -> (Format) new Text(entry.getKey(), entry.getValue())),
                        NUMBERS.entrySet().stream().map(entry -> new Numbers(entry.getKey(), entry.getValue())))
                .toList();
    }

    /** Whether a text has a format; empty for a format that is not asserted here. */
    static Optional<Boolean> has(String format, String text) {
        return Optional.ofNullable(TEXTS.get(format)).map(asserted -> asserted.test(text));
    }

    /** Whether it is one of those that the annotation processor derives. */
    static boolean isAsserted(String format) {
        return TEXTS.containsKey(format) || NUMBERS.containsKey(format);
    }

    private record Text(String name, Predicate<String> accepts) implements Format {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, String text) {
            boolean fits = accepts.test(text);
            if (!fits && context instanceof Findings findings) {
                findings.tookLong();
            }
            return fits;
        }
    }

    private record Numbers(String name, Predicate<JsonNode> accepts) implements Format {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, SchemaContext schema, JsonNode value) {
            return !value.isNumber() || accepts.test(value);
        }
    }

    private static boolean fits(JsonNode value, long least, long greatest) {
        if (value.isInt()) {
            return true;
        }
        if (value.isLong()) {
            return least <= value.longValue() && value.longValue() <= greatest;
        }
        if (value.isBigInteger()) {
            BigInteger number = value.bigIntegerValue();
            return number.bitLength() < Long.SIZE && least <= number.longValue() && number.longValue() <= greatest;
        }
        var number = value.decimalValue();
        return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(greatest)) <= 0;
    }

    private static boolean parses(DateTimeFormatter format, String text) {
        try {
            var _ = format.parse(text);
            return true;
        } catch (DateTimeException other) {
            return false;
        }
    }

    private static boolean isDuration(String text) {
        try {
            if (text.indexOf('T') >= 0 || text.indexOf('t') >= 0) {
                var _ = Duration.parse(text);
            } else {
                try {
                    var _ = Period.parse(text);
                } catch (DateTimeException other) {
                    var _ = Duration.parse(text);
                }
            }
            return true;
        } catch (DateTimeException other) {
            return false;
        }
    }

    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int at = 0; at < 36; at++) {
            boolean dash = at == 8 || at == 13 || at == 18 || at == 23;
            char c = text.charAt(at);
            if (dash ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUri(String text) {
        try {
            var _ = new URI(text);
            return true;
        } catch (URISyntaxException other) {
            return false;
        }
    }
}
