package org.openclaw.launcher.assembly;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * Copies a jar of the class path in a form that the JVM's ahead-of-time cache takes: the cache passes over jars that are
 * signed and classes without stack maps. So the copy is without its vendor's signature, which costs time at each start
 * besides (the signed list of digests vouches for the whole file), and its classes are {@link StackMaps#of modern}. A jar
 * that needs neither is copied as it is.
 */
final class LibraryCopy {
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|DSA|RSA|EC)", Pattern.CASE_INSENSITIVE);

    private LibraryCopy() {}

    static void write(Path from, Path to) throws IOException {
        try (var jar = new JarFile(from.toFile(), false)) {
            if (isFit(jar)) {
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            try (var out = new JarOutputStream(Files.newOutputStream(to))) {
                for (var entry : jar.stream().toList()) {
                    if (isSignature(entry)) {
                        continue;
                    }
                    var copy = new ZipEntry(entry.getName());
                    copy.setTimeLocal(entry.getTimeLocal());
                    out.putNextEntry(copy);
                    out.write(content(jar, entry));
                    out.closeEntry();
                }
            }
        }
    }

    private static boolean isFit(JarFile jar) throws IOException {
        for (var entry : jar.stream().toList()) {
            if (isSignature(entry) || (isClass(entry) && StackMaps.areMissing(read(jar, entry)))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] content(JarFile jar, JarEntry entry) throws IOException {
        var content = read(jar, entry);
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
            return withoutDigests(jar.getManifest());
        }
        return isClass(entry) && StackMaps.areMissing(content) ? StackMaps.of(content) : content;
    }

    private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static boolean isSignature(JarEntry entry) {
        return SIGNATURE.matcher(entry.getName()).matches();
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class");
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
