package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.openclaw.deploy.Digest;

/** Reads signed jars as the JDK does: what it makes of them is what class loaders make of them. */
final class JdkReader {
    private JdkReader() {}

    /**
     * The digest of every file; fails unless the JDK calls each of them signed.
     *
     * @param scratch a folder to write to
     * @param about for messages
     */
    static Map<String, Digest> content(byte[] jar, Path scratch, String about) throws Exception {
        var file = Files.write(scratch.resolve("read.jar"), jar);
        var content = new HashMap<String, Digest>();
        try (var read = new JarFile(file.toFile(), true)) {
            for (var entry : read.stream().toList()) {
                if (entry.isDirectory() || isSignature(entry.getName())) {
                    continue;
                }
                byte[] bytes;
                try (var in = read.getInputStream(entry)) {
                    bytes = in.readAllBytes();
                }
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    assertThat(entry.getCodeSigners())
                            .as("%s: %s", about, entry.getName())
                            .isNotEmpty();
                }
                content.put(entry.getName(), Digest.of(bytes));
            }
        }
        return content;
    }

    /** How many signers the JDK sees on the code; fails as {@link #content} does. */
    static int signers(byte[] jar, Path scratch, String about) throws Exception {
        assertThat(content(jar, scratch, about)).isNotEmpty();
        var signers = new HashSet<CodeSigner>();
        try (var read = new JarFile(scratch.resolve("read.jar").toFile(), true)) {
            var entry = read.getJarEntry(SignatureForge.CODE);
            try (var in = read.getInputStream(entry)) {
                assertThat(in.readAllBytes()).isNotEmpty();
            }
            signers.addAll(List.of(entry.getCodeSigners()));
        }
        return signers.size();
    }

    private static boolean isSignature(String name) {
        return name.startsWith("META-INF/") && name.matches(".*\\.(SF|RSA|EC|DSA)");
    }
}
