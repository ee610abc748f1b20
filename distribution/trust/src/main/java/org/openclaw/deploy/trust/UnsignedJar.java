package org.openclaw.deploy.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What of a jar is worth signing: its manifest and its files, without directories, earlier signatures and indexes. A jar
 * that two readers could understand differently is refused here, so that nobody signs it.
 *
 * @param manifest the main attributes and the sections of files that are there, without digests
 * @param files in the order of the jar, without the manifest
 * @param changes what was left out, for people
 */
record UnsignedJar(Manifest manifest, Map<String, byte[]> files, List<String> changes) {
    private static final ZipLimits LIMITS = ZipLimits.bundle();

    static UnsignedJar read(Path jar) throws IOException, TrustException {
        if (!Files.isRegularFile(jar)) {
            throw TrustException.missing("jar", jar, "Name the jar to sign.");
        }
        try (var zip = new ZipFile(jar.toFile())) {
            return new Reader(jar.getFileName().toString()).read(zip);
        } catch (ZipException | IllegalArgumentException broken) {
            throw TrustException.unsignable(
                    jar.toString(), "it is no readable zip: " + broken.getMessage(), "Build it again.");
        }
    }

    private static final class Reader {
        private final String jar;
        private final Map<String, byte[]> files = new LinkedHashMap<>();
        private final ZipNames names = new ZipNames();
        private final List<String> changes = new ArrayList<>();
        private long total;
        private int directories;

        Reader(String jar) {
            this.jar = jar;
        }

        UnsignedJar read(ZipFile zip) throws IOException, TrustException {
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                take(zip, entries.nextElement());
            }
            if (directories > 0) {
                changes.add("dropped " + directories + " directory entries");
            }
            var bytes = files.remove(JarFile.MANIFEST_NAME);
            if (bytes == null) {
                throw refused("it has no " + JarFile.MANIFEST_NAME, "Build it as a bundle, for instance with bnd.");
            }
            return new UnsignedJar(manifest(bytes), files, List.copyOf(changes));
        }

        private void take(ZipFile zip, ZipEntry entry) throws IOException, TrustException {
            var name = entry.getName();
            if (entry.isDirectory()) {
                directories++;
                return;
            }
            try {
                names.add(name);
            } catch (Rejected ambiguous) {
                throw refused(ambiguous.reason(), "Build it again with names that mean the same everywhere.");
            }
            if (isSignatureOrIndex(name)) {
                changes.add("dropped " + name);
                return;
            }
            try (var in = zip.getInputStream(entry)) {
                var most = Math.min(LIMITS.entrySize(), LIMITS.totalSize() - total);
                var content = in.readNBytes((int) most + 1);
                total += content.length;
                if (content.length > most) {
                    throw refused("it unpacks to too much at " + ZipNames.shown(name), "Split it.");
                }
                files.put(name, content);
            }
        }

        private Manifest manifest(byte[] bytes) throws TrustException {
            Manifest source;
            try {
                source = new Manifest(new ByteArrayInputStream(bytes));
            } catch (IOException broken) {
                throw refused("its manifest is broken: " + broken.getMessage(), "Build it again.");
            }
            var result = new Manifest();
            result.getMainAttributes().putAll(source.getMainAttributes());
            result.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
            source.getEntries().forEach((name, attributes) -> {
                if (files.containsKey(name)) {
                    result.getEntries().put(name, withoutDigests(attributes));
                } else if (!withoutDigests(attributes).isEmpty()) {
                    changes.add("dropped the manifest section '" + name + "': there is no such file");
                }
            });
            return result;
        }

        private TrustException refused(String found, String cure) {
            return TrustException.unsignable(jar, found, cure);
        }

        private static Attributes withoutDigests(Attributes attributes) {
            var kept = new Attributes(attributes);
            kept.keySet().removeIf(key -> {
                var name = key.toString().toLowerCase(Locale.ROOT);
                return name.endsWith("-digest") || name.contains("-digest-") || name.equals("magic");
            });
            return kept;
        }

        private static boolean isSignatureOrIndex(String name) {
            var upper = name.toUpperCase(Locale.ROOT);
            if (!upper.startsWith("META-INF/") || upper.indexOf('/', "META-INF/".length()) >= 0) {
                return false;
            }
            return upper.endsWith(".SF")
                    || upper.endsWith(".RSA")
                    || upper.endsWith(".DSA")
                    || upper.endsWith(".EC")
                    || upper.startsWith("META-INF/SIG-")
                    || upper.equals("META-INF/INDEX.LIST");
        }
    }
}
