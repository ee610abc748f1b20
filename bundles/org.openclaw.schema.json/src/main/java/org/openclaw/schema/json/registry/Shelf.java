package org.openclaw.schema.json.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaEntry;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.schema.SchemaRegistry.Found;

/**
 * The folder in which schemas lie: {@code documents/<digest>.json} is the text of a schema, {@code entries/<digest>.json} says who
 * brought one, under the digest of that file itself. So each file tells by its name whether it is as it was written. Files are only ever
 * added. Any thread reads, one writes.
 */
final class Shelf {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.json");
    private static final int LARGEST_ENTRY = 16 << 10;

    private final Path documents;
    private final Path entries;

    Shelf(Path folder) {
        this.documents = folder.resolve("documents");
        this.entries = folder.resolve("entries");
    }

    /**
     * What was found there.
     *
     * @param entries that are as they were written, in no order
     * @param damage what is not, one sentence each
     */
    record Contents(List<SchemaEntry> entries, List<String> damage) {}

    /** Reads the entries, at most so many; nothing where the folder is not there yet. */
    Contents contents(int most) throws IOException {
        var found = new ArrayList<SchemaEntry>();
        var damage = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(entries, "*.json")) {
            for (var file : files) {
                if (found.size() >= most) {
                    break;
                }
                entry(file)
                        .ifPresentOrElse(
                                found::add,
                                () -> damage.add(file
                                        + " is not as it was written, or cannot be read. The schema is kept, but not who brought"
                                        + " it; remove the file, and deploy the type again."));
            }
        } catch (NoSuchFileException _) {
            return new Contents(List.of(), List.of());
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return new Contents(found, damage);
    }

    /** One file must not hide the others. */
    private static Optional<SchemaEntry> entry(Path file) {
        try {
            return read(file, LARGEST_ENTRY).flatMap(EntryJson::read);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether a document is there, in whatever condition. */
    boolean has(String digest) {
        return Files.isRegularFile(document(digest));
    }

    /** The document with a digest that an entry names. */
    Found find(String digest) {
        var file = document(digest);
        try {
            return read(file, SchemaRegistry.LARGEST)
                    .<Found>map(json -> new Found.Document(digest, json))
                    .orElseGet(() -> damaged(digest, file + " is not as it was written"));
        } catch (IOException unreadable) {
            return damaged(digest, file + " cannot be read (" + unreadable + ")");
        }
    }

    private static Found damaged(String digest, String what) {
        return new Found.Damaged("The schema " + digest + " is damaged: " + what
                + ". Bring back the file from a copy, or deploy a version of the type that has this schema.");
    }

    /** Empty when its text has another digest than its name says. */
    private static Optional<String> read(Path file, int most) throws IOException {
        var name = NAME.matcher(String.valueOf(file.getFileName()));
        byte[] bytes;
        try (var stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(most + 1);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return name.matches() && Schema.of("", text).digest().equals(name.group(1))
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (CharacterCodingException damaged) {
            return Optional.empty();
        }
    }

    private Path document(String digest) {
        return documents.resolve(digest + ".json");
    }

    /** Puts a schema there: the document first, so that no entry is without. Durable when it returns. */
    void put(SchemaEntry entry, String json) throws IOException {
        if (!(find(entry.digest()) instanceof Found.Document)) {
            DurableFile.write(documents, entry.digest() + ".json", json.getBytes(StandardCharsets.UTF_8));
        }
        var text = EntryJson.write(entry);
        DurableFile.write(entries, Schema.of("", text).digest() + ".json", text.getBytes(StandardCharsets.UTF_8));
    }
}
