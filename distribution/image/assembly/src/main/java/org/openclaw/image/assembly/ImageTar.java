package org.openclaw.image.assembly;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tar of an image: an OCI image layout of one image.
 *
 * @param file the tar
 */
public record ImageTar(Path file) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Where a blob is within the tar. */
    static String blob(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asString("").replace(':', '/');
    }

    /** A JSON file of the layout, such as {@code index.json}. */
    public JsonNode json(String name) throws IOException {
        try (var reader = open(name)) {
            return JSON.readTree(reader.content());
        }
    }

    /** The image's manifest: descriptors of its configuration and its layers. */
    public JsonNode manifest() throws IOException {
        return json(blob(json("index.json").path("manifests").path(0)));
    }

    /** What the image says of itself: architecture, user, command line, environment. */
    public JsonNode configuration() throws IOException {
        return json(blob(manifest().path("config")));
    }

    /** The names of its layers within the tar, the lowest first. */
    public List<String> layers() throws IOException {
        var names = new ArrayList<String>();
        manifest().path("layers").forEach(layer -> names.add(blob(layer)));
        return names;
    }

    /** The files of a layer. */
    public TarReader layer(String name) throws IOException {
        return new TarReader(new GZIPInputStream(open(name).stream()));
    }

    /** All that is in the tar. */
    public TarReader open() throws IOException {
        return new TarReader(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    private TarReader open(String name) throws IOException {
        var reader = open();
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            if (entry.get().name().equals(name)) {
                return reader;
            }
        }
        reader.close();
        throw new NoSuchFileException(file + "!" + name);
    }
}
