package org.openclaw.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON objects in files. Comments are allowed, as the OSGi feature and configurator formats allow them. */
public final class JsonFiles {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    /** @throws LaunchException when the file does not hold one JSON object */
    public ObjectNode read(Path file) throws IOException, LaunchException {
        try {
            if (MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
                return object;
            }
            throw LaunchException.setting(file, "no JSON object", "{...}");
        } catch (JacksonException damaged) {
            var place = damaged.getLocation();
            var where = place == null ? "" : " in line " + place.getLineNr();
            throw LaunchException.setting(file, damaged.getOriginalMessage() + where, "valid JSON");
        }
    }

    /** Replaces a file, so that a reader sees the old content or the new one. */
    void write(Path file, Object value) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        // a link that somebody has put there must not lead the writing elsewhere
        Files.deleteIfExists(temporary);
        var content = MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
