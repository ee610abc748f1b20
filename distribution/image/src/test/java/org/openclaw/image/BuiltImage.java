package org.openclaw.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.openclaw.image.assembly.ImageTar;
import org.openclaw.image.assembly.TarEntry;

/** The image that this build has made, and what is in it. */
final class BuiltImage {
    static final ImageTar TAR =
            new ImageTar(Path.of(System.getProperty("openclaw.image", "target/openclaw-image-0.1.0.tar")));

    private BuiltImage() {}

    /** All files, folders and links of the root file system by their paths; an upper layer's stands for a lower one's. */
    static Map<String, TarEntry> files() throws IOException {
        var files = new TreeMap<String, TarEntry>();
        for (var layer : TAR.layers()) {
            try (var reader = TAR.layer(layer)) {
                for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    files.put(entry.get().name(), entry.get());
                }
            }
        }
        return files;
    }

    /** Lays the root file system out, with its owners and modes: root may do that. */
    static void unpack(Path root) throws IOException {
        for (var layer : TAR.layers()) {
            try (var reader = TAR.layer(layer)) {
                for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    var path = root.resolve(entry.get().name());
                    if (entry.get().isFolder()) {
                        Files.createDirectories(path);
                    } else {
                        Files.createDirectories(path.resolve(".."));
                        Files.write(path, reader.content());
                    }
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode(entry.get())));
                    Files.setAttribute(path, "unix:uid", (int) entry.get().uid());
                    Files.setAttribute(path, "unix:gid", (int) entry.get().gid());
                    Files.setLastModifiedTime(path, FileTime.fromMillis(1000));
                }
            }
        }
    }

    /** As {@code rwxr-xr-x}. */
    private static String mode(TarEntry entry) {
        var text = new StringBuilder("rwxrwxrwx");
        for (int bit = 0; bit < 9; bit++) {
            if ((entry.mode() & (1 << (8 - bit))) == 0) {
                text.setCharAt(bit, '-');
            }
        }
        return text.toString();
    }
}
