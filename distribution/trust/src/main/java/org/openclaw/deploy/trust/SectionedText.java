package org.openclaw.deploy.trust;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest or a signature file: a main section and sections by name, with their bytes, so that the digests over them can
 * be taken.
 *
 * <p>It reads a subset of what {@code java.util.jar.Manifest} reads, and reads it the same way: lines of at most 72 bytes
 * ended by LF or CRLF, one empty line after each section, no attribute or section twice. Whatever readers understand
 * differently (a lone CR, a missing end, doubled names) is refused.
 */
final class SectionedText {
    private static final int WIDTH = 72;
    private static final String CURE = "Sign the jar again with 'claw sign', which writes the manifest anew.";

    private final String file;
    private final byte[] bytes;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private byte[] value = new byte[256];
    private int valueLength;
    private int at;

    /**
     * One section.
     *
     * @param start where its bytes begin
     * @param end where the empty line after it ends
     * @param attributes by lower-case name
     */
    record Section(int start, int end, Map<String, String> attributes) {
        Optional<String> value(String name) {
            return Optional.ofNullable(attributes.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    private final Section main;

    private SectionedText(String file, byte[] bytes, String version) throws Rejected {
        this.file = file;
        this.bytes = bytes;
        this.main = section();
        var first = main.attributes().entrySet().iterator().next();
        if (!first.getKey().equals(version) || !first.getValue().equals("1.0")) {
            throw bad("begins with '" + first.getKey() + "'", version + ": 1.0 first");
        }
        while (at < bytes.length) {
            named(section());
        }
    }

    /** Reads META-INF/MANIFEST.MF. */
    static SectionedText manifest(byte[] bytes) throws Rejected {
        return new SectionedText("META-INF/MANIFEST.MF", bytes, "manifest-version");
    }

    /** Reads a signature file. */
    static SectionedText signatureFile(String name, byte[] bytes) throws Rejected {
        return new SectionedText(name, bytes, "signature-version");
    }

    byte[] bytes() {
        return bytes;
    }

    ByteBuffer bytes(Section section) {
        return ByteBuffer.wrap(bytes, section.start(), section.end() - section.start());
    }

    Section main() {
        return main;
    }

    /** The sections by the name that they are about, in the file's order. */
    Map<String, Section> sections() {
        return sections;
    }

    private void named(Section section) throws Rejected {
        var first = section.attributes().entrySet().iterator().next();
        if (!first.getKey().equals("name")) {
            throw bad("has a section that does not begin with 'Name:'", "sections by name");
        }
        if (sections.putIfAbsent(first.getValue(), section) != null) {
            throw bad("has two sections for " + ZipNames.shown(first.getValue()), "one for each entry");
        }
    }

    private Section section() throws Rejected {
        var start = at;
        var attributes = new LinkedHashMap<String, String>();
        while (true) {
            var lineStart = at;
            var lineEnd = lineEnd();
            if (lineEnd == lineStart) {
                break;
            }
            attribute(lineStart, lineEnd, attributes);
        }
        if (attributes.isEmpty()) {
            throw bad("has an empty section", "one empty line after each section");
        }
        return new Section(start, at, attributes);
    }

    /** Finds the end of the present line, without its line break, and moves behind it. */
    private int lineEnd() throws Rejected {
        var end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            throw bad("ends in the middle of a section", "an empty line at its end");
        }
        var start = at;
        at = end + 1;
        if (end > start && bytes[end - 1] == '\r') {
            end--;
        }
        if (end - start > WIDTH) {
            throw bad("has a line of " + (end - start) + " bytes", "at most " + WIDTH);
        }
        return end;
    }

    private void attribute(int start, int end, Map<String, String> attributes) throws Rejected {
        var colon = start;
        while (colon < end && isNameCharacter(bytes[colon])) {
            colon++;
        }
        if (colon == start || colon + 1 >= end || bytes[colon] != ':' || bytes[colon + 1] != ' ') {
            throw bad("has a line that is no attribute", "'Name: value', continued after a space at the line's start");
        }
        var name = new String(bytes, start, colon - start, StandardCharsets.ISO_8859_1);
        valueLength = 0;
        append(colon + 2, end);
        while (at < bytes.length && bytes[at] == ' ') {
            var continued = at + 1;
            append(continued, lineEnd());
        }
        if (attributes.putIfAbsent(name.toLowerCase(Locale.ROOT), text(name)) != null) {
            throw bad("has the attribute " + name + " twice in one section", "each once");
        }
    }

    private static boolean isNameCharacter(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '_';
    }

    private void append(int start, int end) {
        var length = end - start;
        if (valueLength + length > value.length) {
            value = Arrays.copyOf(value, Math.max(value.length * 2, valueLength + length));
        }
        System.arraycopy(bytes, start, value, valueLength, length);
        valueLength += length;
    }

    private String text(String name) throws Rejected {
        var ascii = true;
        for (var index = 0; index < valueLength; index++) {
            var octet = value[index];
            if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f) {
                throw bad("has a control character in " + name, "text");
            }
            ascii &= octet >= 0;
        }
        if (ascii) {
            return new String(value, 0, valueLength, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(value, 0, valueLength))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw bad("has malformed UTF-8 in " + name, "UTF-8");
        }
    }

    private Rejected bad(String what, String expected) {
        return new Rejected(
                file.endsWith(".MF") ? "manifest.invalid" : "signature.file.malformed",
                file + " " + what,
                expected,
                CURE);
    }
}
