package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;

/**
 * What we accept, the JDK accepts, and it reads the same content. Jars are damaged at random; each is either refused or
 * still says what was signed. The seed is part of every failure: set {@code openclaw.seed} to repeat it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameAsTheJdkTest {
    private static final int MUTATIONS = Integer.getInteger("openclaw.mutations", 1_500);

    private final long seed = Long.getLong("openclaw.seed", new Random().nextLong());
    private final Map<String, byte[]> jars = new HashMap<>();
    private Path folder = Path.of("");
    private Path trust = Path.of("");

    @BeforeAll
    void sign(@TempDir Path temporary) throws Exception {
        folder = temporary;
        trust = folder.resolve("trust");
        var cast = Scene.Cast.make();
        var scene = new Scene(cast, trust);
        var rsa = CertificateForge.leaf("Acme", Scene.NOW).key("RSA3072").issuedBy(cast.root());
        jars.put("both", SignatureAttacks.both(scene, cast.pqLeaf(), true, true).toBytes());
        jars.put("plain", scene.jar().toBytes());
        jars.put("jdk", AcceptedJarsTest.jdkSigned(rsa, folder.resolve("jdk")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "jdk", "both"})
    void refusesOrReadsTheSignedContentWhateverIsDamaged(String kind, TestReporter reporter) throws Exception {
        var honest = jars.getOrDefault(kind, new byte[0]);
        var content = content(honest, "honest " + kind);
        var random = new Random(seed);
        var accepted = 0;
        var verifier = Scene.verifier(trust);
        for (var i = 0; i < MUTATIONS; i++) {
            var mutated = mutate(honest.clone(), random);
            if (verifier.verify(kind, ByteBuffer.wrap(mutated)) instanceof Verdict.Trusted) {
                accepted++;
                var about = "%s, mutation %d of seed %d".formatted(kind, i, seed);
                assertThat(content(mutated, about)).as(about).isEqualTo(content);
            }
        }
        reporter.publishEntry(
                Map.of("jar", kind, "seed", Long.toString(seed), "mutations", MUTATIONS + ", accepted " + accepted));
        // Times and attributes of files are free to change; if nothing passes, nothing was tested.
        assertThat(accepted).as("accepted of %d with seed %d", MUTATIONS, seed).isBetween(1, MUTATIONS / 2);
    }

    /** A byte, a field or a stretch, more often in the structure than in the content. */
    private static byte[] mutate(byte[] jar, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> jar[random.nextInt(jar.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> jar[random.nextInt(jar.length)] = (byte) random.nextInt(256);
            case 2 -> jar[header(jar, random) + random.nextInt(46)] ^= (byte) (1 << random.nextInt(8));
            case 3 -> {
                var at = header(jar, random) + 4 + 2 * random.nextInt(20);
                jar[at] = (byte) random.nextInt(256);
                jar[at + 1] = (byte) random.nextInt(4);
            }
            default -> {
                var from = random.nextInt(jar.length - 8);
                var to = random.nextInt(jar.length - 8);
                System.arraycopy(jar.clone(), from, jar, to, 1 + random.nextInt(8));
            }
        }
        return jar;
    }

    /** Where one of the records of the zip begins, the end record included. */
    private static int header(byte[] jar, Random random) {
        var found = new ArrayList<Integer>();
        for (var at = 0; at < jar.length - 46; at++) {
            if (jar[at] == 'P' && jar[at + 1] == 'K' && jar[at + 2] < 7 && jar[at + 3] < 9) {
                found.add(at);
            }
        }
        return found.get(random.nextInt(found.size()));
    }

    /** Every file as the JDK reads it, all of them signed. */
    private Map<String, Digest> content(byte[] jar, String about) throws Exception {
        var file = Files.write(folder.resolve("read.jar"), jar);
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

    private static boolean isSignature(String name) {
        return name.startsWith("META-INF/") && name.matches(".*\\.(SF|RSA|EC|DSA)");
    }
}
