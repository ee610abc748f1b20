package org.openclaw.deploy.trust;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One clause of an OSGi manifest header (OSGi Core, 1.3.2 and 3.2.4): paths, then attributes and directives.
 *
 * <p>Backslashes, quotes inside a value and paths behind attributes are refused: frameworks read them differently.
 *
 * @param paths package or bundle names, or the namespace
 * @param attributes by name, without their type
 * @param types of the attributes that declare one
 * @param directives by name
 */
record HeaderClause(
        List<String> paths, Map<String, String> attributes, Map<String, String> types, Map<String, String> directives) {

    /** Parses a header; an absent or blank one has no clauses. */
    static List<HeaderClause> parse(String header, Optional<String> value) throws Rejected {
        var clauses = new ArrayList<HeaderClause>();
        if (value.isPresent() && !value.get().isBlank()) {
            for (var clause : split(header, value.get(), ',')) {
                clauses.add(clause(header, clause));
            }
        }
        return clauses;
    }

    String path() {
        return paths.getFirst();
    }

    private static HeaderClause clause(String header, String text) throws Rejected {
        var clause = new HeaderClause(
                new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (var part : split(header, text, ';')) {
            clause.add(header, part);
        }
        if (clause.paths.isEmpty()) {
            throw bad(header, "has a clause without a name: " + text);
        }
        return clause;
    }

    private void add(String header, String part) throws Rejected {
        var equals = part.indexOf('=');
        if (equals < 0) {
            if (!attributes.isEmpty() || !directives.isEmpty() || part.indexOf('"') >= 0 || hasSpace(part)) {
                throw bad(header, "has something unexpected: " + part);
            }
            paths.add(part);
            return;
        }
        var directive = equals > 0 && part.charAt(equals - 1) == ':';
        var name = part.substring(0, directive ? equals - 1 : equals).strip();
        var value = unquoted(header, part.substring(equals + 1).strip());
        if (directive) {
            put(header, directives, name, value);
            return;
        }
        var colon = name.indexOf(':');
        if (colon >= 0) {
            put(
                    header,
                    types,
                    name.substring(0, colon).strip(),
                    name.substring(colon + 1).strip());
            name = name.substring(0, colon).strip();
        }
        put(header, attributes, name, value);
    }

    private static void put(String header, Map<String, String> values, String name, String value) throws Rejected {
        if (name.isEmpty() || name.indexOf('"') >= 0 || hasSpace(name) || values.putIfAbsent(name, value) != null) {
            throw bad(header, "has the parameter '" + name + "' twice, or malformed");
        }
    }

    private static String unquoted(String header, String value) throws Rejected {
        var quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        var plain = quoted ? value.substring(1, value.length() - 1) : value;
        if (plain.indexOf('"') >= 0) {
            throw bad(header, "has a quote inside a value: " + value);
        }
        return plain;
    }

    private static List<String> split(String header, String text, char separator) throws Rejected {
        var parts = new ArrayList<String>();
        var quoted = false;
        var start = 0;
        for (var at = 0; at <= text.length(); at++) {
            if (at == text.length() || (text.charAt(at) == separator && !quoted)) {
                var part = text.substring(start, at).strip();
                if (part.isEmpty()) {
                    throw bad(header, "has an empty part");
                }
                parts.add(part);
                start = at + 1;
            } else if (text.charAt(at) == '"') {
                quoted = !quoted;
            } else if (text.charAt(at) == '\\') {
                throw bad(header, "has a backslash");
            }
        }
        if (quoted) {
            throw bad(header, "has a quote that does not end");
        }
        return parts;
    }

    private static boolean hasSpace(String text) {
        return text.chars().anyMatch(Character::isWhitespace);
    }

    private static Rejected bad(String header, String what) {
        return new Rejected(
                "bundle.header",
                "the header " + header + " " + what,
                "the syntax of the OSGi Core specification",
                "Correct the bundle's manifest and build it again.");
    }
}
