package org.openclaw.deploy.folder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.folder.fixture.FixtureActivator;

/** A bundle made for a test: a name, a version and whatever headers the test is about. */
record Jar(Map<String, String> headers, Map<String, String> files) {
    /** A bundle that the gate of the tests trusts. */
    static Jar of(String name, String version) {
        return new Jar(
                Map.of(
                        "Bundle-ManifestVersion",
                        "2",
                        "Bundle-SymbolicName",
                        name,
                        "Bundle-Version",
                        version,
                        "Bundle-Activator",
                        FixtureActivator.class.getName(),
                        "Import-Package",
                        "org.osgi.framework",
                        "Test-Signed",
                        "yes"),
                Map.of());
    }

    Jar with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Jar(all, files);
    }

    /** Brings an agent type with these schemas. */
    Jar withSchemas(String agentType, String descriptor) {
        return new Jar(headers, Map.of("OSGI-INF/openclaw/" + agentType + ".json", descriptor)).withAgents(agentType);
    }

    Jar unsigned() {
        return with("Test-Signed", "no");
    }

    Jar withAgents(String agents) {
        return with("Test-Agents", agents);
    }

    Jar starting(String how) {
        return with("Test-Start", how);
    }

    Jar importing(String clause) {
        return with("Import-Package", "org.osgi.framework," + clause);
    }

    Jar exporting(String clause) {
        return with("Export-Package", clause);
    }

    byte[] bytes() {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        var bytes = new ByteArrayOutputStream();
        var path = FixtureActivator.class.getName().replace('.', '/');
        try (var jar = new JarOutputStream(bytes)) {
            // by hand, since JarOutputStream would put the time of day into it, and equal jars would not be equal
            jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(jar);
            for (var file : new String[] {path + ".class", path + "$Agents.class"}) {
                try (var code = FixtureActivator.class.getResourceAsStream("/" + file)) {
                    if (code == null) {
                        throw new IllegalStateException(file + " is not on the test class path");
                    }
                    jar.putNextEntry(entry(file));
                    code.transferTo(jar);
                }
            }
            for (var file : files.entrySet()) {
                jar.putNextEntry(entry(file.getKey()));
                jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static JarEntry entry(String name) {
        var entry = new JarEntry(name);
        entry.setTime(0);
        return entry;
    }

    Digest digest() {
        return Digest.of(bytes());
    }
}
