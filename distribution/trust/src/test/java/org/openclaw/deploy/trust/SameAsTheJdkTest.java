package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.CertificateForge.Issued;

/**
 * What we accept, the JDK accepts, and it reads the same content. Jars are damaged at random; each is either refused or
 * still says what was signed. The seed is part of every failure: set {@code openclaw.seed} to repeat it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameAsTheJdkTest {
    private static final int MUTATIONS = Integer.getInteger("openclaw.mutations", 1_000);

    private final long seed = Long.getLong("openclaw.seed", new Random().nextLong());
    private final Map<String, byte[]> jars = new HashMap<>();
    private Path folder = Path.of("");
    private Path trust = Path.of("");
    private final Scene.Cast cast = Scene.Cast.make();

    SameAsTheJdkTest() throws Exception {}

    @BeforeAll
    void sign(@TempDir Path temporary) throws Exception {
        folder = temporary;
        trust = folder.resolve("trust");
        var scene = new Scene(cast, trust);
        var rsa = CertificateForge.leaf("Acme", Scene.NOW).key("RSA3072").issuedBy(cast.root());
        jars.put("both", SignatureAttacks.both(scene, cast.pqLeaf(), true, true).toBytes());
        jars.put("plain", scene.jar().toBytes());
        jars.put("jdk", AcceptedJarsTest.jdkSigned(rsa, folder.resolve("jdk")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "jdk", "both"})
    void refusesOrReadsTheSignedContentWhateverIsDamaged(String kind) throws Exception {
        var honest = jars.getOrDefault(kind, new byte[0]);
        var content = JdkReader.content(honest, folder, "honest " + kind);
        var random = new Random(seed);
        var accepted = 0;
        var verifier = Scene.verifier(trust);
        for (var i = 0; i < MUTATIONS; i++) {
            var mutated = mutate(honest.clone(), random);
            if (verifier.verify(kind, ByteBuffer.wrap(mutated)) instanceof Verdict.Trusted) {
                accepted++;
                var about = "%s, mutation %d of seed %d".formatted(kind, i, seed);
                assertThat(JdkReader.content(mutated, folder, about)).as(about).isEqualTo(content);
            }
        }
        System.out.printf("%s: %d of %d mutations accepted, seed %d%n", kind, accepted, MUTATIONS, seed);
        // Times and attributes of files are free to change; if nothing passes, nothing was tested.
        assertThat(accepted).as("accepted of %d with seed %d", MUTATIONS, seed).isBetween(1, MUTATIONS / 2);
    }

    static Stream<Arguments> blocks() {
        var hashes = List.of(
                NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);
        return Stream.of("RSA3072", "EC", "Ed25519", "ML-DSA")
                .flatMap(key -> hashes.stream()
                        .flatMap(hash -> Stream.of(
                                Arguments.of(key, hash, true, "DER"),
                                Arguments.of(key, hash, false, "DER"),
                                Arguments.of(key, hash, false, "BER"))));
    }

    /** Signatures that are sound by their own specifications, but that not every reader knows. */
    @ParameterizedTest
    @MethodSource("blocks")
    void acceptsNoKindOfSignatureThatTheJdkDoesNotKnow(
            String key, ASN1ObjectIdentifier hash, boolean byKeyId, String encoding) throws Exception {
        var postQuantum = key.equals("ML-DSA");
        var leaf = postQuantum
                ? cast.pqLeaf()
                : CertificateForge.leaf("Acme", Scene.NOW).key(key).issuedBy(cast.root());
        var scene = new Scene(cast, folder.resolve("blocks"));
        var jar = postQuantum
                ? SignatureAttacks.both(scene, leaf, false, true)
                : scene.bundle().jar(leaf);
        var name = "META-INF/ACME" + (postQuantum ? "PQ" : "");
        var hashName = hash.equals(NISTObjectIdentifiers.id_sha256)
                ? "SHA256"
                : hash.equals(NISTObjectIdentifiers.id_sha384) ? "SHA384" : "SHA512";
        jar.part(name + "." + SignatureForge.extension(leaf)).content = block(
                        jar.part(name + ".SF").content, leaf, hash, hashName, byKeyId)
                .getEncoded(encoding);
        var bytes = jar.toBytes();
        var verdict = scene.judge(bytes);
        if (verdict instanceof Verdict.Trusted) {
            var signers = JdkReader.signers(bytes, folder, verdict.text());
            assertThat(signers).isEqualTo(postQuantum ? 2 : 1);
        }
    }

    private static CMSSignedData block(
            byte[] signatureFile, Issued leaf, ASN1ObjectIdentifier hash, String hashName, boolean byKeyId)
            throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder()
                .setProvider(CertificateForge.PROVIDER)
                .build();
        var signer = new JcaContentSignerBuilder(CertificateForge.algorithm(leaf.keys(), hashName))
                .setProvider(CertificateForge.PROVIDER)
                .build(leaf.keys().getPrivate());
        var builder = new SignerInfoGeneratorBuilder(digests).setContentDigest(new AlgorithmIdentifier(hash));
        var id = new JcaX509ExtensionUtils()
                .createSubjectKeyIdentifier(leaf.certificate().getPublicKey())
                .getKeyIdentifier();
        var generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                byKeyId
                        ? builder.build(signer, id)
                        : builder.build(signer, new JcaX509CertificateHolder(leaf.certificate())));
        generator.addCertificates(new JcaCertStore(leaf.chain()));
        return generator.generate(new CMSProcessableByteArray(signatureFile), false);
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
}
