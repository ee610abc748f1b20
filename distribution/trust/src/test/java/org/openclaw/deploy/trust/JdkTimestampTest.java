package org.openclaw.deploy.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.CertificateForge.Issued;

/** The JDK's signer with a timestamp that it fetches from an authority over HTTP, as jarsigner -tsa does. */
class JdkTimestampTest {
    @TempDir
    Path folder;

    @Test
    void acceptsTheJdksSignatureAfterTheSignerExpiredByItsTimestamp() throws Exception {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var root = CertificateForge.authority("Acme Root", now).selfSigned();
        var leaf = CertificateForge.leaf("Acme", now)
                .valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(10)))
                .issuedBy(root);
        var authority = CertificateForge.authority("Time Root", now).selfSigned();
        var clock = CertificateForge.leaf("Time", now)
                .purposes(true, KeyPurposeId.id_kp_timeStamping)
                .issuedBy(authority);
        var jar = signed(leaf, clock, now);
        var trust = folder.resolve("trust");
        new TrustFolder(trust).add("acme", List.of(root.certificate()), Grants.inProcess(List.of("acme.*")));
        var later = InstantSource.fixed(now.plus(Duration.ofDays(100)));
        var verifier = new Verifier(() -> TrustStore.load(trust), later);

        assertThat(verifier.verify("acme.jar", ByteBuffer.wrap(jar)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("timestamp.untrusted"));

        Files.createDirectories(trust.resolve("tsa"));
        Files.write(trust.resolve("tsa/time.pem"), Pem.certificates(List.of(authority.certificate())));
        var verdict = verifier.verify("acme.jar", ByteBuffer.wrap(jar));
        assertThat(verdict)
                .as(verdict.text())
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> assertThat(trusted.signatures().getFirst().timestamp())
                                .contains(now));
    }

    private byte[] signed(Issued leaf, Issued clock, Instant at) throws Exception {
        var bundle = new SignatureForge(at);
        var unsigned = folder.resolve("unsigned.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(unsigned))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            out.write(ManifestText.section(bundle.main));
            for (var file : bundle.files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        var signed = folder.resolve("signed.jar");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var token = token(exchange.getRequestBody().readAllBytes(), clock, at);
            exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, token.length);
            exchange.getResponseBody().write(token);
            exchange.close();
        });
        server.start();
        try (var zip = new ZipFile(unsigned.toFile());
                var out = Files.newOutputStream(signed)) {
            var path = CertificateFactory.getInstance("X.509").generateCertPath(leaf.chain());
            new JarSigner.Builder(jdkKey(leaf), path)
                    .tsa(URI.create("http://localhost:" + server.getAddress().getPort() + "/"))
                    .build()
                    .sign(zip, out);
        } finally {
            server.stop(0);
        }
        return Files.readAllBytes(signed);
    }

    /** As the JDK's own kind of key, without the public key that Bouncy Castle adds to PKCS#8. */
    private static PrivateKey jdkKey(Issued leaf) throws Exception {
        var info = PrivateKeyInfo.getInstance(leaf.keys().getPrivate().getEncoded());
        var plain = ECPrivateKey.getInstance(info.parsePrivateKey());
        var alone = new ECPrivateKey(
                256, plain.getKey(), info.getPrivateKeyAlgorithm().getParameters());
        return KeyFactory.getInstance("EC")
                .generatePrivate(
                        new PKCS8EncodedKeySpec(new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), alone).getEncoded()));
    }

    private static byte[] token(byte[] request, Issued clock, Instant at) throws IOException {
        try {
            var digests = new JcaDigestCalculatorProviderBuilder().build();
            var generator = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .setProvider(CertificateForge.PROVIDER)
                            .build("SHA256withECDSA", clock.keys().getPrivate(), clock.certificate()),
                    digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2"));
            generator.addCertificates(new JcaCertStore(clock.chain()));
            return new TimeStampResponseGenerator(generator, TSPAlgorithms.ALLOWED)
                    .generate(new TimeStampRequest(request), BigInteger.ONE, Date.from(at))
                    .getEncoded();
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }
}
