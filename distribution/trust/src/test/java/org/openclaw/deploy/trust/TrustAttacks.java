package org.openclaw.deploy.trust;

import static org.openclaw.deploy.trust.SignatureForge.utf8;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.trust.CertificateForge.Issued;
import org.osgi.framework.VersionRange;

/** Good signatures that the trust store does not accept: times, revocations, and what a publisher may do. */
final class TrustAttacks {
    private static final Instant NOW = Scene.NOW;
    private static final Duration DAY = Scene.DAY;

    private TrustAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(timestamps(), revocationLists(), revocations(), policies())
                .flatMap(attacks -> attacks);
    }

    private static Stream<Attack> timestamps() {
        return Stream.of(
                new Attack("no timestamp where one is demanded", "timestamp.missing", scene -> {
                    scene.policy("timestamp", true);
                    return scene.jar().toBytes();
                }),
                new Attack(
                        "a timestamp of another signature",
                        "timestamp.grafted",
                        scene -> stamped(
                                scene, scene.cast.leaf(), scene.cast.tsa(), NOW.minus(DAY), utf8("another signature"))),
                new Attack("a timestamp of an unknown authority", "timestamp.untrusted", scene -> {
                    var root = CertificateForge.authority("Clockwork", NOW).selfSigned();
                    return stamped(scene, scene.cast.leaf(), authority().issuedBy(root), NOW.minus(DAY));
                }),
                new Attack(
                        "a timestamp of the bundle's own authority",
                        "timestamp.untrusted",
                        scene -> stamped(
                                scene, scene.cast.leaf(), authority().issuedBy(scene.cast.root()), NOW.minus(DAY))),
                new Attack(
                        "a timestamp of an authority for code",
                        "timestamp.invalid",
                        scene -> stamped(
                                scene,
                                scene.cast.leaf(),
                                authority()
                                        .purposes(true, KeyPurposeId.id_kp_codeSigning, KeyPurposeId.id_kp_timeStamping)
                                        .issuedBy(scene.cast.tsaRoot()),
                                NOW.minus(DAY))),
                new Attack(
                        "a timestamp in the future",
                        "timestamp.future",
                        scene -> stamped(scene, scene.cast.leaf(), scene.cast.tsa(), NOW.plus(DAY))),
                new Attack(
                        "a timestamp after the signer expired",
                        "timestamp.late",
                        scene -> stamped(scene, expired(scene), scene.cast.tsa(), NOW.minus(DAY))),
                new Attack(
                        "a timestamp before the signer was valid",
                        "signer.notyet",
                        scene -> stamped(scene, scene.cast.leaf(), scene.cast.tsa(), NOW.minus(DAY.multipliedBy(300)))),
                new Attack(
                        "an expired signer with a timestamp of an unknown authority", "timestamp.untrusted", scene -> {
                            var root =
                                    CertificateForge.authority("Clockwork", NOW).selfSigned();
                            return stamped(
                                    scene, expired(scene), authority().issuedBy(root), NOW.minus(DAY.multipliedBy(15)));
                        }));
    }

    private static Stream<Attack> revocationLists() {
        return Stream.of(
                new Attack("no revocation list where one is demanded", "crl.missing", scene -> {
                    scene.policy("crl", "required");
                    return scene.jar().toBytes();
                }),
                new Attack("a stale revocation list where one is demanded", "crl.stale", scene -> {
                    scene.policy("crl", "required");
                    scene.crl(
                            "acme",
                            CertificateForge.crl(scene.cast.root(), NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY)));
                    return scene.jar().toBytes();
                }),
                new Attack("a stale revocation list", "crl.stale", scene -> {
                    scene.crl(
                            "acme",
                            CertificateForge.crl(scene.cast.root(), NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY)));
                    return scene.jar().toBytes();
                }),
                new Attack("a revocation list of somebody else of that name", "crl.broken", scene -> {
                    scene.policy("crl", "required");
                    var twin = CertificateForge.authority("Acme Root", NOW).selfSigned();
                    scene.crl("acme", CertificateForge.crl(twin, NOW.minus(DAY), NOW.plus(DAY)));
                    return scene.jar().toBytes();
                }),
                new Attack("a signer on the revocation list", "signer.revoked", scene -> {
                    scene.policy("crl", "required");
                    scene.crl("acme", listing(scene));
                    return scene.jar().toBytes();
                }),
                new Attack("a signer on the revocation list that nobody demands", "signer.revoked", scene -> {
                    scene.crl("acme", listing(scene));
                    return scene.jar().toBytes();
                }),
                new Attack("a signer on a stale revocation list", "signer.revoked", scene -> {
                    scene.crl(
                            "acme",
                            CertificateForge.crl(
                                    scene.cast.root(),
                                    NOW.minus(DAY.multipliedBy(9)),
                                    NOW.minus(DAY),
                                    scene.cast.leaf().certificate()));
                    return scene.jar().toBytes();
                }));
    }

    private static Stream<Attack> revocations() {
        return Stream.of(
                new Attack("a revoked file", "revoked.file", scene -> {
                    var jar = scene.jar().toBytes();
                    scene.revocations().revokeFile(Digest.of(ByteBuffer.wrap(jar)));
                    return jar;
                }),
                new Attack("a revoked key", "revoked.key", scene -> {
                    scene.revocations().revokeKey(new Digest(Scene.key(scene.cast.leaf())));
                    return scene.jar().toBytes();
                }),
                new Attack("a revoked anchor", "revoked.key", scene -> {
                    scene.revocations().revokeKey(new Digest(Scene.key(scene.cast.root())));
                    return scene.jar().toBytes();
                }),
                new Attack("a revoked authority between", "revoked.key", scene -> {
                    var middle = CertificateForge.authority("Middle", NOW).issuedBy(scene.cast.root());
                    scene.revocations().revokeKey(new Digest(Scene.key(middle)));
                    return scene.bundle()
                            .jar(CertificateForge.leaf("Acme", NOW).issuedBy(middle))
                            .toBytes();
                }),
                new Attack("a revoked post-quantum key", "revoked.key", scene -> {
                    scene.revocations().revokeKey(new Digest(Scene.key(scene.cast.pqLeaf())));
                    return SignatureAttacks.both(scene, scene.cast.pqLeaf(), true, true)
                            .toBytes();
                }),
                new Attack("revoked versions of a bundle", "revoked.bundle", scene -> {
                    scene.revocations().revokeBundle("acme.bot", new VersionRange("[1.0,2.0)"));
                    return scene.jar().toBytes();
                }));
    }

    private static Stream<Attack> policies() {
        return Stream.of(
                withMain(
                        "a bundle outside its publisher's names",
                        "publisher.bundle",
                        "Bundle-SymbolicName",
                        "evil.bot"),
                withMain(
                        "a bundle whose name merely begins alike",
                        "publisher.bundle",
                        "Bundle-SymbolicName",
                        "acmeevil.bot"),
                withMain(
                        "an import of the framework's hooks",
                        "system.import",
                        "Import-Package",
                        "org.osgi.framework.hooks.resolver"),
                withMain(
                        "an import of the framework's launcher",
                        "system.import",
                        "Import-Package",
                        "a.b,org.osgi.framework.launch;version=\"1\""),
                withMain(
                        "a dynamic import of the framework's hooks",
                        "system.import",
                        "DynamicImport-Package",
                        "org.osgi.framework.hooks.*"),
                withMain("a dynamic import of everything", "system.import", "DynamicImport-Package", "*"),
                withMain(
                        "an export of a package of the container",
                        "system.export",
                        "Export-Package",
                        "org.openclaw.agent;version=1.0"),
                withMain("an export of a package of OSGi", "system.export", "Export-Package", "x.y,org.osgi.framework"),
                withMain(
                        "an extension of the framework",
                        "system.extension",
                        "Fragment-Host",
                        "system.bundle;extension:=framework"),
                withMain(
                        "a fragment of another publisher's bundle",
                        "system.fragment",
                        "Fragment-Host",
                        "org.openclaw.agent.runtime"),
                withMain("native code", "publisher.native", "Bundle-NativeCode", "lib/x.so;osname=linux"),
                withMain(
                        "an agent type outside its publisher's",
                        "publisher.agent",
                        "Provide-Capability",
                        "org.openclaw.agent;org.openclaw.agent=\"evil\";name=\"evil\"",
                        Map.of("agents", List.of("acme-*"))),
                withMain(
                        "a capability outside its publisher's",
                        "publisher.capability",
                        "Provide-Capability",
                        "org.openclaw.capability;org.openclaw.capability=\"evil\";name=\"evil\"",
                        Map.of("capabilities", List.of("acme.*"))),
                withMain(
                        "a version below the publisher's least",
                        "publisher.version",
                        "Bundle-Version",
                        "1.0.0",
                        Map.of("minVersions", Map.of("acme.bot", "1.4.0"))),
                withMain(
                        "a bundle that belongs into a worker",
                        "placement.worker.unavailable",
                        "Bundle-Version",
                        "1.0.0",
                        Map.of("placement", "worker")),
                new Attack("a publisher without a placement", "placement.worker.unavailable", scene -> {
                    scene.publisher.remove("placement");
                    scene.policy("mutable", false);
                    return scene.jar().toBytes();
                }),
                new Attack("a publisher's file that cannot be read", "publisher.unknown", scene -> {
                    Files.writeString(scene.trust.resolve("publishers/acme.json"), "{\"anchors\": [");
                    return scene.jar().toBytes();
                }),
                new Attack("a list of revocations that cannot be read", "revoked.unreadable", scene -> {
                    Files.writeString(scene.trust.resolve("revoked.json"), "{\"serial\": 7, \"files\"");
                    return scene.jar().toBytes();
                }));
    }

    private static Attack withMain(String name, String code, String attribute, String value) {
        return withMain(name, code, attribute, value, Map.of());
    }

    private static Attack withMain(
            String name, String code, String attribute, String value, Map<String, Object> policy) {
        return new Attack(name, code, scene -> {
            for (var field : policy.entrySet()) {
                scene.policy(field.getKey(), field.getValue());
            }
            var bundle = scene.bundle();
            bundle.main.put(attribute, value);
            return bundle.jar(scene.cast.leaf()).toBytes();
        });
    }

    private static CertificateForge authority() {
        return CertificateForge.leaf("Clock", NOW).purposes(true, KeyPurposeId.id_kp_timeStamping);
    }

    private static Issued expired(Scene scene) throws Exception {
        return CertificateForge.leaf("Acme", NOW)
                .valid(NOW.minus(DAY.multipliedBy(20)), NOW.minus(DAY.multipliedBy(10)))
                .issuedBy(scene.cast.root());
    }

    private static java.security.cert.X509CRL listing(Scene scene) throws Exception {
        return CertificateForge.crl(
                scene.cast.root(),
                NOW.minus(DAY),
                NOW.plus(DAY),
                scene.cast.leaf().certificate());
    }

    private static byte[] stamped(Scene scene, Issued signer, Issued authority, Instant at) throws Exception {
        var bundle = scene.bundle();
        var jar = bundle.jar(signer);
        var signed = bundle.sign(jar.part("META-INF/ACME.SF").content, signer);
        jar.part("META-INF/ACME.EC").content =
                TimestampForge.stamped(signed, authority, at).getEncoded("DER");
        return jar.toBytes();
    }

    private static byte[] stamped(Scene scene, Issued signer, Issued authority, Instant at, byte[] over)
            throws Exception {
        var bundle = scene.bundle();
        var jar = bundle.jar(signer);
        var signed = bundle.sign(jar.part("META-INF/ACME.SF").content, signer);
        jar.part("META-INF/ACME.EC").content =
                TimestampForge.stamped(signed, authority, at, over).getEncoded("DER");
        return jar.toBytes();
    }
}
