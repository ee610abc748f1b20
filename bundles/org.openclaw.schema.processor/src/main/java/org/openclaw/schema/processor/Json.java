package org.openclaw.schema.processor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A JSON value. Its text is compact and keeps the order in which members were added, so that the same sources give the
 * same bytes, and the same digest, in every build.
 */
sealed interface Json {
    /** Appends the compact text. */
    void writeTo(StringBuilder out);

    /** The compact text. */
    default String text() {
        var out = new StringBuilder();
        writeTo(out);
        return out.toString();
    }

    static Json of(String value) {
        return new Text(value);
    }

    static Json of(boolean value) {
        return new Literal(String.valueOf(value));
    }

    static Json of(long value) {
        return new Literal(String.valueOf(value));
    }

    /** A number in the text that whoever reads it as a double writes again. */
    static Json number(double value) {
        return new Literal(
                value == Math.rint(value) && Math.abs(value) <= 1L << 53
                        ? String.valueOf((long) value)
                        : String.valueOf(value));
    }

    static Json array(List<? extends Json> elements) {
        return new Array(List.copyOf(elements));
    }

    static Json strings(List<String> values) {
        return array(values.stream().map(Json::of).toList());
    }

    static Members members() {
        return new Members(new LinkedHashMap<>());
    }

    /** An object. */
    record Members(SequencedMap<String, Json> byName) implements Json {
        public Members {
            byName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byName));
        }

        Members with(String name, Json value) {
            var more = new LinkedHashMap<>(byName);
            more.put(name, value);
            return new Members(more);
        }

        Members with(String name, String value) {
            return with(name, Json.of(value));
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append('{');
            String separator = "";
            for (Map.Entry<String, Json> member : byName.entrySet()) {
                out.append(separator);
                Json.of(member.getKey()).writeTo(out);
                out.append(':');
                member.getValue().writeTo(out);
                separator = ",";
            }
            out.append('}');
        }
    }

    /** An array. */
    record Array(List<Json> elements) implements Json {
        @Override
        public void writeTo(StringBuilder out) {
            out.append('[');
            String separator = "";
            for (Json element : elements) {
                out.append(separator);
                element.writeTo(out);
                separator = ",";
            }
            out.append(']');
        }
    }

    /** A number or a truth value, as it is written. */
    record Literal(String written) implements Json {
        @Override
        public void writeTo(StringBuilder out) {
            out.append(written);
        }
    }

    /** A string. */
    record Text(String value) implements Json {
        @Override
        public void writeTo(StringBuilder out) {
            out.append('"');
            value.codePoints().forEach(c -> {
                switch (c) {
                    case '"', '\\' -> out.append('\\').appendCodePoint(c);
                    case '\n' -> out.append("\\n");
                    case '\t' -> out.append("\\t");
                    case '\r' -> out.append("\\r");
                    default -> {
                        if (c < 0x20 || Character.getType(c) == Character.SURROGATE) { // a lone one has no UTF-8
                            out.append("\\u%04x".formatted(c));
                        } else {
                            out.appendCodePoint(c);
                        }
                    }
                }
            });
            out.append('"');
        }
    }
}
