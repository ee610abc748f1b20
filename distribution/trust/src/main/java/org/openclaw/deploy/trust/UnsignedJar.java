package org.openclaw.deploy.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final int MOST_BYTES = 1 << 30;

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
        private final Map<String, String> namesSeen = new HashMap<>();
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
            requirePlainName(name);
            if (entry.isDirectory()) {
                directories++;
                return;
            }
            var twin = namesSeen.putIfAbsent(folded(name), name);
            if (twin != null) {
                throw refused(
                        "the entries '%s' and '%s' are one file to some systems".formatted(twin, name),
                        "Leave one of them out.");
            }
            if (isSignatureOrIndex(name)) {
                changes.add("dropped " + name);
                return;
            }
            try (var in = zip.getInputStream(entry)) {
                var content = in.readNBytes((int) Math.min(MOST_BYTES, MOST_BYTES - total + 1));
                total += content.length;
                if (total > MOST_BYTES) {
                    throw refused("it unpacks to more than " + MOST_BYTES + " bytes", "Split it.");
                }
                files.put(name, content);
            }
        }

        private void requirePlainName(String name) throws TrustException {
            var path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            var plain = !path.isEmpty() && path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
            for (var part : path.split("/", -1)) {
                plain &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
            }
            if (!plain || path.matches("[A-Za-z]:.*")) {
                throw refused("the entry name '" + name + "' is none", "Use relative names with '/' between folders.");
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

        private static String folded(String name) {
            return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
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
