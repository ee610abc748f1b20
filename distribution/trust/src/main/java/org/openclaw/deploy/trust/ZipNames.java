package org.openclaw.deploy.trust;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names of a jar's entries: each must mean the same on every file system and to every reader, and no two may be equal
 * but for case or Unicode form, or be a file and a folder at once.
 */
final class ZipNames {
    private static final int LONGEST = 1024;
    private static final String CURE = "Build the jar again, or let 'claw sign' normalise it.";

    private final Map<String, String> seen = new HashMap<>();
    private final Set<String> folders = new HashSet<>();
    private String lastParent = "";

    static String decode(byte[] raw, boolean utf8) throws Rejected {
        for (var octet : raw) {
            if (octet < 0) {
                return decodeUnicode(raw, utf8);
            }
        }
        return new String(raw, StandardCharsets.ISO_8859_1);
    }

    private static String decodeUnicode(byte[] raw, boolean utf8) throws Rejected {
        if (!utf8) {
            throw bad("an entry name is not ASCII and not marked as UTF-8", "general purpose bit 11 set");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw bad("an entry name is malformed UTF-8", "well-formed UTF-8");
        }
    }

    /** Takes the next entry's name. */
    void add(String name) throws Rejected {
        check(name);
        var folder = name.endsWith("/");
        var key = fold(folder ? name.substring(0, name.length() - 1) : name);
        var same = seen.putIfAbsent(key, name);
        if (same != null) {
            throw folder != same.endsWith("/") ? clash(name, same) : duplicate(name, same);
        }
        if (!folder && folders.contains(key)) {
            throw clash(name, name + "/");
        }
        if (folder) {
            folders.add(key);
        }
        addParents(name, key);
    }

    private void addParents(String name, String key) throws Rejected {
        var end = key.lastIndexOf('/');
        if (end < 0 || (end == lastParent.length() && key.startsWith(lastParent))) {
            return;
        }
        lastParent = key.substring(0, end);
        for (var parent = lastParent; !parent.isEmpty(); parent = parentOf(parent)) {
            var same = seen.get(parent);
            if (same != null && !same.endsWith("/")) {
                throw clash(name, same);
            }
            if (!folders.add(parent)) {
                return;
            }
        }
    }

    private static String parentOf(String key) {
        var end = key.lastIndexOf('/');
        return end < 0 ? "" : key.substring(0, end);
    }

    private static void check(String name) throws Rejected {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw bad("an entry name has " + name.length() + " characters", "1 to " + LONGEST);
        }
        for (var at = 0; at < name.length(); at++) {
            checkCharacter(name, name.charAt(at));
        }
        if (name.charAt(0) == '/' || (name.length() > 1 && name.charAt(1) == ':')) {
            throw bad("entry " + shown(name) + " has an absolute name", "a relative name");
        }
        var end = name.endsWith("/") ? name.length() - 1 : name.length();
        for (var start = 0; start <= end; ) {
            var slash = name.indexOf('/', start);
            var stop = slash < 0 || slash > end ? end : slash;
            var length = stop - start;
            if (length == 0 || (length <= 2 && name.charAt(start) == '.' && name.charAt(stop - 1) == '.')) {
                throw bad(
                        "entry " + shown(name) + " has an empty, '.' or '..' segment",
                        "a name that stays in its folder");
            }
            start = stop + 1;
        }
    }

    private static void checkCharacter(String name, char character) throws Rejected {
        if (character == '\\') {
            throw bad("entry " + shown(name) + " has a backslash in its name", "'/' between the segments");
        }
        if (character >= ' ' && character < 0x7f) {
            return;
        }
        switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                throw bad("entry " + shown(name) + " has a control character in its name", "visible characters");
            default -> {
                return;
            }
        }
    }

    private static String fold(String name) {
        for (var at = 0; at < name.length(); at++) {
            if (name.charAt(at) >= 0x80) {
                var composed = Normalizer.normalize(name, Normalizer.Form.NFC);
                return Normalizer.normalize(
                        composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
            }
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** The name with everything invisible replaced, so that a message cannot be forged by it. */
    static String shown(String name) {
        var text = new StringBuilder("'");
        name.chars()
                .limit(120)
                .forEach(character -> text.append(
                        Character.isISOControl(character) || Character.getType(character) == Character.FORMAT
                                ? '?'
                                : (char) character));
        return text.append('\'').toString();
    }

    private static Rejected duplicate(String name, String same) {
        return new Rejected(
                name.equals(same) ? "zip.duplicate" : "zip.duplicate.similar",
                "entries " + shown(same) + " and " + shown(name) + " have the same name",
                "names that differ by more than case and Unicode form",
                CURE);
    }

    private static Rejected clash(String name, String same) {
        return new Rejected(
                "zip.clash",
                "entries " + shown(same) + " and " + shown(name) + " are a file and a folder of one name",
                "one of them",
                CURE);
    }

    private static Rejected bad(String reason, String expected) {
        return new Rejected("zip.name", reason, expected, CURE);
    }
}
