package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openclaw.deploy.Digest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a JSON object field by field and minds everything: an unknown or doubled field or a value of another type is an
 * error, because in a trust store a misspelt limit is no limit.
 */
final class JsonFields {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;
    private final Set<String> asked = new HashSet<>();

    private JsonFields(ObjectNode object) {
        this.object = object;
    }

    /** Thrown for content that is not what it should be; the message says which field, and what was expected. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    static JsonFields read(Path file) throws IOException, Unreadable {
        try {
            return of(JSON.readTree(Files.readAllBytes(file)), "the file");
        } catch (JacksonException malformed) {
            throw new Unreadable("line %d: %s"
                    .formatted(
                            malformed.getLocation().getLineNr(),
                            malformed.getOriginalMessage().replaceAll(" \\(start marker at .*", "")));
        }
    }

    private static JsonFields of(JsonNode node, String what) throws Unreadable {
        if (node instanceof ObjectNode object) {
            return new JsonFields(object);
        }
        throw new Unreadable(what + " is no object");
    }

    /** To be called when every field was asked for. */
    void end() throws Unreadable {
        for (var name : object.propertyNames()) {
            if (!asked.contains(name)) {
                throw new Unreadable("unknown field '" + name + "'");
            }
        }
    }

    boolean has(String name) {
        asked.add(name);
        return object.has(name);
    }

    boolean flag(String name, boolean otherwise) throws Unreadable {
        if (!has(name)) {
            return otherwise;
        }
        if (!object.path(name).isBoolean()) {
            throw new Unreadable("'" + name + "' is neither true nor false");
        }
        return object.path(name).booleanValue();
    }

    String choice(String name, Set<String> choices, String otherwise) throws Unreadable {
        if (!has(name)) {
            return otherwise;
        }
        var value = text(object.path(name), name);
        if (!choices.contains(value)) {
            throw new Unreadable("'" + name + "' is '" + value + "' (expected one of: " + choices + ")");
        }
        return value;
    }

    String text(String name) throws Unreadable {
        if (!has(name)) {
            throw new Unreadable("'" + name + "' is missing");
        }
        return text(object.path(name), name);
    }

    long count(String name) throws Unreadable {
        if (!has(name)) {
            throw new Unreadable("'" + name + "' is missing");
        }
        var value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new Unreadable("'" + name + "' is no whole number from 0 on");
        }
        return value.longValue();
    }

    List<String> texts(String name, List<String> otherwise) throws Unreadable {
        if (!has(name)) {
            return otherwise;
        }
        var texts = new ArrayList<String>();
        for (var item : list(name)) {
            texts.add(text(item, name));
        }
        return List.copyOf(texts);
    }

    Set<Digest> digests(String name) throws Unreadable {
        var digests = new HashSet<Digest>();
        for (var hex : texts(name, List.of())) {
            try {
                digests.add(new Digest(hex));
            } catch (IllegalArgumentException malformed) {
                throw new Unreadable("'" + name + "': " + malformed.getMessage());
            }
        }
        return Set.copyOf(digests);
    }

    List<JsonFields> objects(String name) throws Unreadable {
        var objects = new ArrayList<JsonFields>();
        if (has(name)) {
            for (var item : list(name)) {
                objects.add(of(item, "an item of '" + name + "'"));
            }
        }
        return objects;
    }

    /** The fields of an object whose values are all texts. */
    Map<String, String> textsByName(String name) throws Unreadable {
        var texts = new java.util.LinkedHashMap<String, String>();
        if (has(name)) {
            if (!(object.path(name) instanceof ObjectNode map)) {
                throw new Unreadable("'" + name + "' is no object");
            }
            for (var property : map.properties()) {
                texts.put(property.getKey(), text(property.getValue(), name));
            }
        }
        return texts;
    }

    private JsonNode list(String name) throws Unreadable {
        var value = object.path(name);
        if (!value.isArray()) {
            throw new Unreadable("'" + name + "' is no list");
        }
        return value;
    }

    private static String text(JsonNode value, String name) throws Unreadable {
        if (!value.isString()) {
            throw new Unreadable("'" + name + "' holds " + value + " (expected: a text)");
        }
        return value.stringValue();
    }
}
