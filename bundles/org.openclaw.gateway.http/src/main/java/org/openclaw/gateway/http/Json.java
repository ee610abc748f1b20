package org.openclaw.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openclaw.message.Body;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strict JSON: one value, valid UTF-8, no member twice, bounded in depth, in the length of names and numbers and in exponents. The
 * length of strings is bounded by the body's.
 */
final class Json {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int MAX_NUMBER = 400;
    private static final int MAX_NAME = 1024;
    private static final int MAX_EXPONENT = 10_000;
    private static final String BEHIND = "there is something behind the value";
    private static final Pattern SWITCHES = Pattern.compile(
            ", from `[^`]*`|:? \\(?(consider |require )?enabl(e|ing) `[^`]*`[^)]*\\)*| \\(not recognized[^)]*\\)"
                    + "| \\([^()]*\\[Source: (\\([^()]*\\)|[^()])*\\)");
    private static final JsonMapper PLAIN = exact(JsonMapper.builder(JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build()));

    private final JsonMapper mapper;
    private final JsonFactory factory;
    /** Refuses numbers that would take gigabytes where somebody writes them out. */
    private static final class Bounded extends JsonParserDelegate {
        Bounded(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() {
            var token = super.nextToken();
            if (token == JsonToken.VALUE_NUMBER_FLOAT && isTooGreat(getString())) {
                throw new StreamReadException(this, "the exponent of a number is greater than " + MAX_EXPONENT);
            }
            return token;
        }

        private static boolean isTooGreat(String number) {
            int e = Math.max(number.indexOf('e'), number.indexOf('E'));
            if (e < 0) {
                return false;
            }
            var digits = number.substring(e + 1).replaceFirst("^[+-]?0*", "");
            return digits.length() > 5 || (!digits.isEmpty() && Integer.parseInt(digits) > MAX_EXPONENT);
        }
    }

    /** Of the value alone: what is behind it is looked at here. */
    private final ObjectReader reader;

    Json(int maxDepth, int maxBytes) {
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(maxBytes)
                        .maxNumberLength(MAX_NUMBER)
                        .maxNameLength(MAX_NAME)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .recyclerPool(JsonRecyclerPools.threadLocalPool()) // requests have threads of their own
                .build();
        mapper = exact(JsonMapper.builder(factory));
        reader = mapper.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Numbers pass through with every digit they came with. */
    private static JsonMapper exact(JsonMapper.Builder builder) {
        return builder.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** @param json a node, or a record of what becomes text, numbers, true and false, and lists of such */
    static byte[] write(Object json) {
        return PLAIN.writeValueAsBytes(json);
    }

    /** The same as a node. */
    static JsonNode tree(Object json) {
        return PLAIN.valueToTree(json);
    }

    /** Looks whether the bytes are one JSON value, without keeping it. */
    void check(byte[] bytes) throws Rejection {
        try (var parser = new Bounded(mapper.createParser(text(bytes)))) {
            int values = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                // Strings are read lazily: only a finished one has been checked.
                parser.finishToken();
                boolean ends = token.isScalarValue() || token.isStructEnd();
                values += ends && parser.streamReadContext().inRoot() ? 1 : 0;
                if (values > 1) {
                    throw malformed(BEHIND);
                }
            }
            if (values == 0) {
                throw malformed("it is empty");
            }
        } catch (JacksonException bad) {
            throw malformed(bad.getOriginalMessage());
        }
    }

    /** Reads one JSON value. */
    JsonNode read(byte[] bytes) throws Rejection {
        try (var parser = new Bounded(mapper.createParser(text(bytes)))) {
            if (parser.nextToken() == null) {
                return JsonNodeFactory.instance.missingNode();
            }
            JsonNode json = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw malformed(BEHIND);
            }
            return json;
        } catch (JacksonException bad) {
            throw malformed(bad.getOriginalMessage());
        }
    }

    /** What is written here; empty when it is no JSON, which agents may say it is. */
    static Optional<JsonNode> parsed(byte[] bytes) {
        try {
            return Optional.of(PLAIN.readTree(bytes));
        } catch (JacksonException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }

    /** A body as a member of some JSON: as it is when it is JSON, else as a string. */
    static JsonNode embed(Body body) {
        if (body.mediaType().equals(Body.JSON)) {
            return parsed(body.bytes()).orElseGet(() -> JsonNodeFactory.instance.stringNode(body.text()));
        }
        return JsonNodeFactory.instance.stringNode(body.text());
    }

    static void putIfPresent(ObjectNode json, String name, Optional<?> value) {
        value.ifPresent(present -> json.put(name, present.toString()));
    }

    private static String text(byte[] bytes) throws Rejection {
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        // either it came so, or it stands for what is no UTF-8
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException bad) {
            throw malformed("it is not UTF-8");
        }
    }

    private static Rejection malformed(String why) {
        return Problem.of(400, "body.malformed", "The body is not acceptable JSON: " + printable(why))
                .rejection();
    }

    /** What a reader says that is none of JSON; it may quote what it found. */
    static String words(IllegalArgumentException bad) {
        return printable(String.valueOf(bad.getMessage()));
    }

    /**
     * Parsers quote what they found, and name the switches inside that would allow it: control characters, those, and length are cut
     * before it goes into an answer.
     */
    private static String printable(String text) {
        var clean = SWITCHES.matcher(text.replaceAll("\\p{Cntrl}", " ")).replaceAll("");
        return clean.length() > 300 ? clean.substring(0, 300) + "..." : clean;
    }
}
