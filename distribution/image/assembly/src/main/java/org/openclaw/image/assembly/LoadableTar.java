package org.openclaw.image.assembly;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the tar of an OCI image one that every {@code docker load} takes: older engines look for a {@code manifest.json}, and
 * newer ones write both themselves.
 *
 * @param image the tar
 */
record LoadableTar(ImageTar image) {
    private static final String MANIFEST = "manifest.json";
    private static final int BLOCK = 512;

    /** Arguments: the tar, the image's name with its tag. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("arguments: %s (expected: TAR NAME)".formatted(List.of(arguments)));
        }
        new LoadableTar(new ImageTar(Path.of(arguments[0]))).complete(arguments[1]);
    }

    /** Adds what is missing; a tar that has it stays as it is. */
    void complete(String name) throws IOException {
        long end;
        try (var reader = image.open()) {
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (entry.get().name().equals(MANIFEST)) {
                    return;
                }
            }
            end = reader.position();
        }
        var manifest = new TreeMap<String, Object>(Map.of(
                "Config", ImageTar.blob(image.manifest().path("config")),
                "Layers", image.layers(),
                "RepoTags", List.of(name)));
        try (var file = new RandomAccessFile(image.file().toFile(), "rw")) {
            file.seek(end);
            file.write(entry(new JsonMapper().writeValueAsBytes(List.of(manifest))));
            // two empty blocks end a tar
            file.write(new byte[2 * BLOCK]);
            file.setLength(file.getFilePointer());
        }
    }

    private static byte[] entry(byte[] content) {
        var header = ByteBuffer.allocate(BLOCK);
        put(header, 0, MANIFEST);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "%011o".formatted(1));
        put(header, 156, "0");
        put(header, 257, "ustar\0" + "00");
        // while it is summed up, the sum itself counts as blanks
        put(header, 148, " ".repeat(8));
        int sum = 0;
        for (byte each : header.array()) {
            sum += each & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));

        var entry = new ByteArrayOutputStream();
        entry.writeBytes(header.array());
        entry.writeBytes(content);
        entry.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return entry.toByteArray();
    }

    private static void put(ByteBuffer header, int offset, String text) {
        header.put(offset, text.getBytes(StandardCharsets.US_ASCII));
    }
}
