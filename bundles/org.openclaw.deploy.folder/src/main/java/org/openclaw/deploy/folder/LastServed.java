package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openclaw.deploy.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers across restarts which bytes served last: on behalf of each file, in {@code data/deployments.json}, so that a
 * bad overwrite leaves them serving, and under each pinned name, in {@code data/pinned.json}, so that a pin of a version
 * that is not there does too. The folder is the truth: a memory that is lost or damaged costs no more than that. Used by
 * one thread.
 */
final class LastServed {
    private static final Logger LOG = LoggerFactory.getLogger(LastServed.class);
    private static final String FOOT = "}}";
    private static final Pattern LINE = Pattern.compile("\"((?:[^\"\\\\]|\\\\u[0-9a-f]{4})+)\":\"([0-9a-f]{64})\",?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private final Path file;
    private final String head;
    private SortedMap<String, Digest> remembered;
    private SortedMap<String, Digest> written;
    private boolean failing;

    private LastServed(Path file, String what) {
        this.file = file;
        this.head = "{\"version\":1,\"" + what + "\":{";
        this.remembered = read();
        this.written = new TreeMap<>(remembered);
    }

    static LastServed ofFiles(Path file) {
        return new LastServed(file, "files");
    }

    static LastServed ofBundles(Path file) {
        return new LastServed(file, "bundles");
    }

    Optional<Digest> of(String name) {
        return Optional.ofNullable(remembered.get(name));
    }

    SortedMap<String, Digest> byName() {
        return Collections.unmodifiableSortedMap(remembered);
    }

    Collection<Digest> all() {
        return remembered.values();
    }

    void served(String name, Digest digest) {
        remembered.put(name, digest);
    }

    /** Forgets every name but these. */
    void retain(Collection<String> names) {
        remembered.keySet().retainAll(names);
    }

    /** Brings what has changed to the disk; false when that failed, which is logged and tried again with the next call. */
    boolean save() {
        if (remembered.equals(written)) {
            return true;
        }
        try {
            DurableFiles.write(file, text().getBytes(StandardCharsets.UTF_8));
            written = new TreeMap<>(remembered);
            failing = false;
            return true;
        } catch (IOException failure) {
            if (!failing) {
                LOG.warn(
                        "Could not write {}: {}. What serves instead of a bad file is not known after a restart until it can be written.",
                        file,
                        failure.toString());
            }
            failing = true;
            return false;
        }
    }

    private String text() {
        var lines = remembered.entrySet().stream()
                .map(entry -> "\"" + escape(entry.getKey()) + "\":\"" + entry.getValue() + "\"")
                .toList();
        return head + "\n" + String.join(",\n", lines) + "\n" + FOOT + "\n";
    }

    private SortedMap<String, Digest> read() {
        var read = new TreeMap<String, Digest>();
        try {
            var lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.size() < 2
                    || !lines.getFirst().equals(head)
                    || !lines.getLast().equals(FOOT)) {
                return damaged("it is not whole");
            }
            for (var line : lines.subList(1, lines.size() - 1)) {
                var parts = LINE.matcher(line);
                if (!parts.matches()) {
                    return damaged("line '" + line + "'");
                }
                read.put(unescape(parts.group(1)), new Digest(parts.group(2)));
            }
            return read;
        } catch (NoSuchFileException first) {
            return read;
        } catch (CharacterCodingException notText) {
            return damaged("it is not UTF-8");
        } catch (IOException unreadable) {
            return damaged(unreadable.toString());
        }
    }

    private SortedMap<String, Digest> damaged(String what) {
        LOG.warn(
                "Could not read {}: {}. It is built again from the folder; what is bad or missing there has nothing to fall back on.",
                file,
                what);
        return new TreeMap<>();
    }

    private static String escape(String name) {
        var text = new StringBuilder();
        name.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || c > 0x7e) {
                text.append("\\u%04x".formatted(c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> {
            var c = String.valueOf((char) Integer.parseInt(escape.group(1), 16));
            return java.util.regex.Matcher.quoteReplacement(c);
        });
    }
}
