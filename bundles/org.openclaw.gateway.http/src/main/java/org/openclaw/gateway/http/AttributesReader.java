package org.openclaw.gateway.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openclaw.message.Attributes;
import tools.jackson.databind.JsonNode;

/**
 * Reads the subject and the extension attributes of CloudEvents. Those that are empty or null are as if they were not there; values
 * of other types become text, as CloudEvents has it.
 */
final class AttributesReader {
    private static final String PREFIX = "ce-";
    private static final String SUBJECT = "subject";

    /** What is no extension: of the event itself, of its data, or read by {@link DeliveryReader}. */
    private static final Set<String> OTHERS = Set.of(
            "id",
            "source",
            "type",
            SUBJECT,
            "time",
            "specversion",
            "datacontenttype",
            "dataschema",
            "data",
            "data_base64",
            "priority",
            "deadline",
            "expirytime");

    private AttributesReader() {}

    /** Those of plain JSON: a subject at most. */
    static Attributes plain(Optional<String> subject) throws Rejection {
        return of(subject, Map.of());
    }

    /** Those of an event in binary mode. */
    static Attributes binary(Request request) throws Rejection {
        var extensions = new TreeMap<String, String>();
        for (var header : request.headers().names()) {
            var name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX) && !OTHERS.contains(name.substring(PREFIX.length()))) {
                var value = header(request, name);
                value.ifPresent(text -> extensions.put(name.substring(PREFIX.length()), text));
            }
        }
        return of(header(request, PREFIX + SUBJECT), extensions);
    }

    private static Optional<String> header(Request request, String name) throws Rejection {
        var value = request.header(name).filter(text -> !text.isEmpty());
        return value.isPresent() ? Optional.of(UrlText.fromHeader(value.get())) : Optional.empty();
    }

    /** Those of an event in structured mode. */
    static Attributes structured(JsonNode event) throws Rejection {
        var extensions = new TreeMap<String, String>();
        for (var member : event.properties()) {
            if (!OTHERS.contains(member.getKey())) {
                var value = text(member.getValue());
                value.ifPresent(text -> extensions.put(member.getKey(), text));
            }
        }
        var subject = event.get(SUBJECT);
        return of(subject == null ? Optional.empty() : text(subject), extensions);
    }

    private static Optional<String> text(JsonNode value) throws Rejection {
        if (value.isContainer()) {
            throw invalid("an attribute is an object or an array (expected: a text, a number, true or false).");
        }
        return Optional.of(value)
                .filter(each -> !each.isNull())
                .map(each -> each.isString() ? each.stringValue() : each.toString())
                .filter(text -> !text.isEmpty());
    }

    private static Attributes of(Optional<String> subject, Map<String, String> extensions) throws Rejection {
        try {
            return new Attributes(subject, new TreeMap<>(extensions));
        } catch (IllegalArgumentException bad) {
            throw invalid(Json.words(bad));
        }
    }

    private static Rejection invalid(String why) {
        return Problem.of(400, "message.invalid", "The message is refused: " + why)
                .rejection();
    }
}
