package org.openclaw.client;

import java.util.Optional;
import org.openclaw.message.MessageType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Records as JSON and back, as the container has them. Thread-safe. */
final class Records {
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    /** With all digits: what is shown as a tree may be read as a record, or written again. */
    private final ObjectReader trees =
            mapper.readerFor(JsonNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    byte[] bytes(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** @throws IllegalArgumentException when it is no JSON */
    JsonNode tree(byte[] json) {
        try {
            return trees.readValue(json);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("What came is no JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    /** A JSON object; empty when it is none. */
    Optional<JsonNode> object(byte[] json) {
        try {
            return Optional.of(trees.<JsonNode>readValue(json)).filter(JsonNode::isObject);
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException when it does not fit */
    <T> T read(byte[] json, Class<T> as) {
        try {
            return mapper.readValue(json, as);
        } catch (JacksonException unfit) {
            throw new IllegalArgumentException(
                    "What came is no " + as.getSimpleName() + ": " + unfit.getOriginalMessage(), unfit);
        }
    }

    /** The CloudEvents type of a record that is sent to agents of a type. */
    static String type(String agentType, Class<? extends Record> record) {
        var named = record.getAnnotation(MessageType.class);
        return named == null ? agentType + "." + record.getSimpleName() : named.value();
    }
}
