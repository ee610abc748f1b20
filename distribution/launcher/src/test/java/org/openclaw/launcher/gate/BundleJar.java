package org.openclaw.launcher.gate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes bundles for tests: a manifest, a text, and classes of the test class path. */
final class BundleJar {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private BundleJar() {}

    /** A bundle that needs nothing but the framework's API. */
    static BundleJar named(String symbolicName, String version) {
        var jar = new BundleJar();
        jar.headers.put("Bundle-ManifestVersion", "2");
        jar.headers.put("Bundle-SymbolicName", symbolicName);
        jar.headers.put("Bundle-Version", version);
        jar.headers.put("Import-Package", "org.osgi.framework");
        return jar.text("content.txt", symbolicName + " " + version);
    }

    BundleJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    BundleJar without(String header) {
        headers.remove(header);
        return this;
    }

    BundleJar text(String path, String content) {
        entries.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    BundleJar type(Class<?> type) throws IOException {
        var path = type.getName().replace('.', '/') + ".class";
        try (var in = type.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalStateException(type + " has no class file");
            }
            entries.put(path, in.readAllBytes());
        }
        return this;
    }

    byte[] bytes() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes, manifest)) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    InputStream stream() throws IOException {
        return new ByteArrayInputStream(bytes());
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
