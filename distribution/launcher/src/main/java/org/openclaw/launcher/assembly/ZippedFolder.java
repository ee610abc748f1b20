package org.openclaw.launcher.assembly;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** An installation as a zip: everything within one folder that bears the zip's name, with the modes of the files. */
record ZippedFolder(Path folder) {
    void write(Path zip) throws IOException {
        Files.deleteIfExists(zip);
        var name = String.valueOf(zip.getFileName());
        var root = name.substring(0, name.length() - ".zip".length());
        var modes = Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class);
        try (var target = FileSystems.newFileSystem(
                zip, Map.of("create", "true", "enablePosixFileAttributes", String.valueOf(modes)))) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted().toList()) {
                    var path = target.getPath(root, folder.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(path);
                    } else {
                        Files.copy(file, path);
                    }
                    if (modes) {
                        var enterable = Files.isDirectory(file) || Files.isExecutable(file);
                        Files.setPosixFilePermissions(
                                path, PosixFilePermissions.fromString(enterable ? "rwxr-xr-x" : "rw-r--r--"));
                    }
                }
            }
        }
    }
}
