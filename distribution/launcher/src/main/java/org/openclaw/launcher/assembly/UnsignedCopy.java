package org.openclaw.launcher.assembly;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * Copies a jar of the class path without its vendor's signature. The signed list of digests vouches for the whole file; a
 * second signature inside costs time at each start, and the JVM's ahead-of-time cache passes signed jars over.
 */
final class UnsignedCopy {
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|DSA|RSA|EC)", Pattern.CASE_INSENSITIVE);

    private UnsignedCopy() {}

    static void write(Path from, Path to) throws IOException {
        try (var jar = new JarFile(from.toFile(), false)) {
            if (jar.stream()
                    .noneMatch(entry -> SIGNATURE.matcher(entry.getName()).matches())) {
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            try (var out = new JarOutputStream(Files.newOutputStream(to))) {
                for (var entry : jar.stream().toList()) {
                    if (SIGNATURE.matcher(entry.getName()).matches()) {
                        continue;
                    }
                    var copy = new ZipEntry(entry.getName());
                    copy.setTimeLocal(entry.getTimeLocal());
                    out.putNextEntry(copy);
                    try (var in = jar.getInputStream(entry)) {
                        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                            out.write(withoutDigests(new Manifest(in)));
                        } else {
                            in.transferTo(out);
                        }
                    }
                    out.closeEntry();
                }
            }
        }
    }

    private static byte[] withoutDigests(Manifest manifest) throws IOException {
        manifest.getEntries()
                .values()
                .forEach(section ->
                        section.keySet().removeIf(name -> name.toString().endsWith("-Digest")));
        manifest.getEntries().values().removeIf(Map::isEmpty);
        var bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }
}
