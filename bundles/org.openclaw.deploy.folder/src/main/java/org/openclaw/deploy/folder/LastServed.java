package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openclaw.deploy.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers across restarts which bytes last served on behalf of each file, in {@code data/deployments.json}, so that a
 * bad overwrite leaves them serving. The folder is the truth: a memory that is lost or damaged costs no more than the
 * fall-back of files whose present bytes are bad. Used by one thread.
 */
final class LastServed {
    private static final Logger LOG = LoggerFactory.getLogger(LastServed.class);
    private static final String HEAD = "{\"version\":1,\"files\":{";
    private static final String FOOT = "}}";
    private static final Pattern LINE = Pattern.compile("\"((?:[^\"\\\\]|\\\\u[0-9a-f]{4})+)\":\"([0-9a-f]{64})\",?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private final Path file;
    private SortedMap<String, Digest> remembered;
    private SortedMap<String, Digest> written;
    private boolean failing;

    LastServed(Path file) {
        this.file = file;
        this.remembered = read();
        this.written = new TreeMap<>(remembered);
    }

    Optional<Digest> of(String fileName) {
        return Optional.ofNullable(remembered.get(fileName));
    }

    Collection<Digest> all() {
        return remembered.values();
    }

    void served(String fileName, Digest digest) {
        remembered.put(fileName, digest);
    }

    /** Forgets every file but these. */
    void retain(Collection<String> fileNames) {
        remembered.keySet().retainAll(fileNames);
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
                        "Could not write {}: {}. Bad overwrites are not survived by a restart until it can be written.",
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
        return HEAD + "\n" + String.join(",\n", lines) + "\n" + FOOT + "\n";
    }

    private SortedMap<String, Digest> read() {
        var read = new TreeMap<String, Digest>();
        try {
            var lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.size() < 2
                    || !lines.getFirst().equals(HEAD)
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
                "Could not read {}: {}. It is built again from the folder; files whose present bytes are bad have nothing to fall back on.",
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
