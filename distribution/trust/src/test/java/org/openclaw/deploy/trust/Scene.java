package org.openclaw.deploy.trust;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.CertificateForge.Issued;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a jar is judged: a trust store of its own with one publisher, {@code acme}, and the keys of everybody involved,
 * the hostile ones included.
 */
final class Scene {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final Duration DAY = Duration.ofDays(1);

    final Cast cast;
    final Path trust;
    final Map<String, Object> publisher = new LinkedHashMap<>();

    /** The keys; they cost time to make, so all scenes share them. */
    record Cast(
            Issued root,
            Issued leaf,
            Issued pqRoot,
            Issued pqLeaf,
            Issued strangerRoot,
            Issued stranger,
            Issued tsaRoot,
            Issued tsa) {
        static Cast make() throws Exception {
            var root = CertificateForge.authority("Acme Root", NOW).selfSigned();
            var pqRoot = CertificateForge.authority("Acme PQ Root", NOW)
                    .key("ML-DSA")
                    .selfSigned();
            var stranger = CertificateForge.authority("Stranger Root", NOW).selfSigned();
            var tsaRoot = CertificateForge.authority("Time Root", NOW).selfSigned();
            return new Cast(
                    root,
                    CertificateForge.leaf("Acme", NOW).issuedBy(root),
                    pqRoot,
                    CertificateForge.leaf("Acme PQ", NOW).key("ML-DSA").issuedBy(pqRoot),
                    stranger,
                    CertificateForge.leaf("Stranger", NOW).issuedBy(stranger),
                    tsaRoot,
                    CertificateForge.leaf("Time", NOW)
                            .valid(NOW.minus(DAY.multipliedBy(3650)), NOW.plus(DAY.multipliedBy(3650)))
                            .purposes(true, KeyPurposeId.id_kp_timeStamping)
                            .issuedBy(tsaRoot));
        }
    }

    Scene(Cast cast, Path trust) throws Exception {
        this.cast = cast;
        this.trust = trust;
        root("acme", cast.root());
        root("acme-pq", cast.pqRoot());
        Files.createDirectories(trust.resolve("tsa"));
        Files.write(
                trust.resolve("tsa/time.pem"),
                Pem.certificates(List.of(cast.tsaRoot().certificate())));
        publisher.put("anchors", List.of(key(cast.root()), key(cast.pqRoot())));
        publisher.put("bundles", List.of("acme.*"));
        publisher.put("require", List.of("classical"));
        publisher.put("timestamp", false);
        publisher.put("crl", "if-present");
        publisher.put("placement", "in-process");
        settle();
    }

    /** Changes the publisher's file. */
    Scene policy(String field, Object value) throws Exception {
        publisher.put(field, value);
        settle();
        return this;
    }

    /** Trusts a further authority for the same publisher. */
    Scene anchor(String name, Issued authority) throws Exception {
        root(name, authority);
        var anchors = new java.util.ArrayList<Object>((List<?>) publisher.get("anchors"));
        anchors.add(key(authority));
        return policy("anchors", anchors);
    }

    /** Puts a certificate among the roots without trusting any publisher for it. */
    Scene root(String name, Issued authority) throws Exception {
        Files.createDirectories(trust.resolve("roots"));
        Files.write(trust.resolve("roots/" + name + ".pem"), Pem.certificates(List.of(authority.certificate())));
        return this;
    }

    Scene crl(String name, X509CRL crl) throws Exception {
        Files.createDirectories(trust.resolve("crl"));
        Files.write(trust.resolve("crl/" + name + ".crl"), crl.getEncoded());
        return this;
    }

    Revocations revocations() {
        return new Revocations(trust);
    }

    /** A small bundle that is about to be signed. */
    SignatureForge bundle() {
        return new SignatureForge(NOW);
    }

    /** A small bundle, honestly signed by the publisher. */
    JarForge jar() throws Exception {
        return bundle().jar(cast.leaf());
    }

    Verdict judge(byte[] jar) {
        return judge(trust, jar);
    }

    /** The verdict on a new jar, under the trust store as it is now. */
    static Verdict judge(Path trust, byte[] jar) {
        return verifier(trust).verify("acme.jar", ByteBuffer.wrap(jar));
    }

    /** A verifier under the trust store as it is now. */
    static Verifier verifier(Path trust) {
        var store = TrustStore.load(trust);
        return new Verifier(() -> store, InstantSource.fixed(NOW));
    }

    static String key(Issued issued) {
        return Digest.of(issued.certificate().getPublicKey().getEncoded()).hex();
    }

    private void settle() throws Exception {
        Files.createDirectories(trust.resolve("publishers"));
        Files.writeString(trust.resolve("publishers/acme.json"), new JsonMapper().writeValueAsString(publisher));
    }
}
