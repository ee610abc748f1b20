package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osgi.framework.Version;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A file such as <code>{"acme.bot": "1.4.0"}</code>: which version each name is pinned to. It is read strictly, because a
 * misspelt pin is none: one bad line makes the whole file unreadable. Stateless.
 */
final class PinFile {
    /** Its name in the folder, where it is no bundle. */
    static final String NAME = "pins.json";

    private static final int LARGEST = 1 << 20;
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PinFile() {}

    /** What a look at it finds. */
    sealed interface Content {
        /** The pins, by symbolic name. */
        record Read(SortedMap<String, Version> byName) implements Content {
            public Read {
                byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
            }
        }

        /** There is no such file. */
        record Absent() implements Content {}

        /** It cannot be read. {@code why} is said without the file's name and without a full stop. */
        record Malformed(String why) implements Content {}
    }

    static Content read(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return new Content.Malformed("it is no plain file, and links are not followed");
            }
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                var bytes = in.readNBytes(LARGEST + 1);
                return bytes.length > LARGEST
                        ? new Content.Malformed("it has more than " + LARGEST + " bytes")
                        : parse(bytes);
            }
        } catch (NoSuchFileException none) {
            return new Content.Absent();
        } catch (IOException unreadable) {
            return new Content.Malformed("it cannot be read: " + Refusals.plain(unreadable.toString()));
        }
    }

    private static Content parse(byte[] bytes) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return malformed(parser, bytes.length == 0 ? "it is empty" : "it is no JSON object");
            }
            var pins = new TreeMap<String, Version>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                if (!SYMBOLIC_NAME.matcher(name).matches()) {
                    return malformed(parser, "'" + name + "' is no Bundle-SymbolicName");
                }
                var version = parser.nextToken() == JsonToken.VALUE_STRING
                        ? version(parser.getString())
                        : Optional.<Version>empty();
                if (version.isEmpty()) {
                    return malformed(parser, "what stands behind '" + name + "' is no version in quotes");
                }
                pins.put(name, version.get());
            }
            return parser.nextToken() == null
                    ? new Content.Read(pins)
                    : malformed(parser, "there is something behind the object");
        } catch (JacksonException broken) {
            var place = broken.getLocation();
            return new Content.Malformed(
                    "line %d: %s".formatted(place == null ? 1 : place.getLineNr(), brief(broken.getOriginalMessage())));
        }
    }

    private static Optional<Version> version(String text) {
        try {
            return Optional.of(new Version(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Content malformed(JsonParser parser, String why) {
        return new Content.Malformed(
                "line %d: %s".formatted(parser.currentLocation().getLineNr(), brief(why)));
    }

    /** Without what the parser says of where it began; what a hostile file makes it quote is cut. */
    private static String brief(String text) {
        var plain = Refusals.plain(text).replaceAll(" \\(start marker at .*", "");
        return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
    }

    /** Writes it whole or not at all; durable when it returns. */
    static void write(Path file, SortedMap<String, Version> pins) throws IOException {
        // neither names nor versions have characters that JSON escapes
        var lines = pins.entrySet().stream()
                .map(pin -> "  \"" + pin.getKey() + "\": \"" + pin.getValue() + "\"")
                .toList();
        var text = lines.isEmpty() ? "{}\n" : "{\n" + String.join(",\n", lines) + "\n}\n";
        DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
