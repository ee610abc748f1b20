package org.openclaw.deploy.trust;

import static org.openclaw.deploy.trust.Attack.onSigned;
import static org.openclaw.deploy.trust.Attack.signed;
import static org.openclaw.deploy.trust.SignatureForge.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.openclaw.deploy.trust.CertificateForge.Issued;

/** Signatures that are none, too weak, too few, too many, or of somebody else. */
final class SignatureAttacks {
    private static final String BLOCK = "META-INF/ACME.EC";
    private static final String SIGNATURE_FILE = "META-INF/ACME.SF";

    private SignatureAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(blocks(), algorithms(), postQuantum(), certificates(), chains())
                .flatMap(attacks -> attacks);
    }

    private static Stream<Attack> blocks() {
        return Stream.of(
                onSigned("no signature at all", "signature.missing", jar -> {
                    jar.parts.remove(jar.part(BLOCK));
                    jar.parts.remove(jar.part(SIGNATURE_FILE));
                }),
                onSigned(
                        "a signature file without a block",
                        "signature.orphan",
                        jar -> jar.parts.remove(jar.part(BLOCK))),
                onSigned(
                        "a block without a signature file",
                        "signature.orphan",
                        jar -> jar.parts.remove(jar.part(SIGNATURE_FILE))),
                onSigned(
                        "a second signature file without a block",
                        "signature.orphan",
                        jar -> jar.add("META-INF/OTHER.SF", jar.part(SIGNATURE_FILE).content)),
                onSigned(
                        "two blocks for one signature file",
                        "signature.ambiguous",
                        jar -> jar.add("META-INF/ACME.RSA", jar.part(BLOCK).content)),
                onSigned("bytes behind the block", "signature.trailing", jar -> {
                    var block = jar.part(BLOCK).content;
                    jar.part(BLOCK).content = Arrays.copyOf(block, block.length + 4);
                }),
                onSigned(
                        "a block that is none",
                        "signature.malformed",
                        jar -> jar.part(BLOCK).content = utf8("signed!")),
                onSigned("an empty block", "signature.malformed", jar -> jar.part(BLOCK).content = new byte[0]),
                onSigned("a block cut short", "signature.malformed", jar -> {
                    var block = jar.part(BLOCK).content;
                    jar.part(BLOCK).content = Arrays.copyOf(block, block.length - 9);
                }),
                new Attack("the block of another bundle", "signature.digest", scene -> {
                    var other = scene.bundle();
                    other.main.put("Bundle-Version", "2.0.0");
                    var jar = scene.jar();
                    jar.part(BLOCK).content = other.jar(scene.cast.leaf()).part(BLOCK).content;
                    return jar.toBytes();
                }),
                signed("content within the block", "signature.malformed", bundle -> bundle.encapsulated = true),
                new Attack(
                        "a block without a signer",
                        "signature.ambiguous",
                        scene -> withBlock(
                                scene,
                                signed -> CMSSignedData.replaceSigners(signed, new SignerInformationStore(List.of())))),
                new Attack(
                        "a block with two signers",
                        "signature.ambiguous",
                        scene -> withBlock(scene, signed -> {
                            var signers = new ArrayList<SignerInformation>(
                                    signed.getSignerInfos().getSigners());
                            var bundle = scene.bundle();
                            var other = bundle.sign(bundle.signatureFile(bundle.manifest()), scene.cast.stranger());
                            signers.addAll(other.getSignerInfos().getSigners());
                            return CMSSignedData.replaceSigners(signed, new SignerInformationStore(signers));
                        })),
                new Attack(
                        "a block without certificates",
                        "signature.malformed",
                        scene -> withBlock(
                                scene,
                                signed -> CMSSignedData.replaceCertificatesAndCRLs(
                                        signed, new JcaCertStore(List.of()), null, null))),
                new Attack(
                        "a block with another signer's certificate",
                        "signature.malformed",
                        scene -> withBlock(
                                scene,
                                signed -> CMSSignedData.replaceCertificatesAndCRLs(
                                        signed,
                                        new JcaCertStore(scene.cast.stranger().chain()),
                                        null,
                                        null))),
                new Attack("a block that only carries certificates", "signature.ambiguous", scene -> {
                    var generator = new CMSSignedDataGenerator();
                    generator.addCertificates(new JcaCertStore(scene.cast.leaf().chain()));
                    var empty = generator.generate(new CMSProcessableByteArray(new byte[0]), false);
                    var jar = scene.jar();
                    jar.part(BLOCK).content = empty.getEncoded("DER");
                    return jar.toBytes();
                }),
                new Attack("a further signature by a stranger", "signer.extra", scene -> {
                    var jar = scene.jar();
                    var signatureFile = jar.part(SIGNATURE_FILE).content;
                    jar.parts.add(3, new JarForge.Part("META-INF/OTHER.SF", signatureFile));
                    jar.parts.add(
                            4,
                            new JarForge.Part(
                                    "META-INF/OTHER.EC", scene.bundle().block(signatureFile, scene.cast.stranger())));
                    return jar.toBytes();
                }));
    }

    private static Stream<Attack> algorithms() {
        return Stream.of(
                new Attack("a signature over SHA-1", "signature.algorithm", scene -> rsa(scene, "RSA3072", "SHA1")),
                new Attack("a signature over MD5", "signature.algorithm", scene -> rsa(scene, "RSA3072", "MD5")),
                new Attack("RSA with 2048 bits", "key.weak", scene -> rsa(scene, "RSA2048", "SHA256")),
                new Attack("RSA with 1024 bits", "key.weak", scene -> rsa(scene, "RSA1024", "SHA256")),
                new Attack("a certificate signed over SHA-1", "chain.algorithm", scene -> {
                    var leaf = leaf().hash("SHA1").issuedBy(scene.cast.root());
                    return scene.bundle().jar(leaf).toBytes();
                }),
                new Attack("a weak anchor", "key.weak", scene -> {
                    var weak = CertificateForge.authority("Weak Root", Scene.NOW)
                            .key("RSA1024")
                            .selfSigned();
                    scene.anchor("weak", weak);
                    return scene.bundle().jar(leaf().issuedBy(weak)).toBytes();
                }));
    }

    private static Stream<Attack> postQuantum() {
        return Stream.of(
                new Attack("the post-quantum signature stripped, both demanded", "signature.stripped", scene -> {
                    scene.policy("require", List.of("classical", "pq"));
                    return both(scene, scene.cast.pqLeaf(), true, false).toBytes();
                }),
                new Attack("the post-quantum signature never made, both demanded", "signature.pq.missing", scene -> {
                    scene.policy("require", List.of("classical", "pq"));
                    return scene.jar().toBytes();
                }),
                new Attack(
                        "the post-quantum signature stripped, one demanded",
                        "signature.stripped",
                        scene -> both(scene, scene.cast.pqLeaf(), true, false).toBytes()),
                new Attack("the classical signature stripped", "signature.classical.missing", scene -> {
                    var jar = both(scene, scene.cast.pqLeaf(), false, true);
                    jar.parts.remove(jar.part(BLOCK));
                    jar.parts.remove(jar.part(SIGNATURE_FILE));
                    return jar.toBytes();
                }),
                new Attack("the post-quantum signature of a stranger", "signer.extra", scene -> {
                    scene.policy("require", List.of("classical", "pq"));
                    var stranger = CertificateForge.authority("Stranger PQ", Scene.NOW)
                            .key("ML-DSA")
                            .selfSigned();
                    var leaf = leaf().key("ML-DSA").issuedBy(stranger);
                    return both(scene, leaf, false, true).toBytes();
                }),
                new Attack("the post-quantum signature of another bundle", "signature.digest", scene -> {
                    scene.policy("require", List.of("classical", "pq"));
                    var jar = both(scene, scene.cast.pqLeaf(), true, true);
                    var other = scene.bundle().block(utf8("Signature-Version: 1.0\r\n\r\n"), scene.cast.pqLeaf());
                    jar.part("META-INF/ACMEPQ.DSA").content = other;
                    return jar.toBytes();
                }));
    }

    private static Stream<Attack> certificates() {
        return Stream.of(
                byLeaf(
                        "an expired signer",
                        "signer.expired",
                        leaf -> leaf.valid(Scene.NOW.minus(Scene.DAY.multipliedBy(20)), Scene.NOW.minus(Scene.DAY))),
                byLeaf(
                        "a signer that is not valid yet",
                        "signer.notyet",
                        leaf -> leaf.valid(Scene.NOW.plus(Scene.DAY), Scene.NOW.plus(Scene.DAY.multipliedBy(20)))),
                byLeaf("a signer without code signing", "signer.purpose", leaf -> leaf.purposes(false)),
                byLeaf(
                        "a signer for servers",
                        "signer.purpose",
                        leaf -> leaf.purposes(false, KeyPurposeId.id_kp_serverAuth)),
                byLeaf(
                        "a signer for anything",
                        "signer.purpose",
                        leaf -> leaf.purposes(false, KeyPurposeId.anyExtendedKeyUsage)),
                byLeaf("a signer that may not sign", "signer.purpose", leaf -> leaf.usage(KeyUsage.keyEncipherment)),
                byLeaf("an authority as signer", "signer.authority", leaf -> leaf.asAuthority(true)),
                byLeaf(
                        "an unknown critical extension",
                        "chain.invalid",
                        CertificateForge::withUnknownCriticalExtension));
    }

    private static Stream<Attack> chains() {
        return Stream.of(
                new Attack(
                        "a stranger",
                        "signer.untrusted",
                        scene -> scene.bundle().jar(scene.cast.stranger()).toBytes()),
                new Attack(
                        "a signer that signed itself",
                        "signer.untrusted",
                        scene -> scene.bundle().jar(leaf().selfSigned()).toBytes()),
                new Attack("a root of the trusted root's name", "chain.impostor", scene -> {
                    var twin =
                            CertificateForge.authority("Acme Root", Scene.NOW).selfSigned();
                    return scene.bundle().jar(leaf().issuedBy(twin)).toBytes();
                }),
                new Attack(
                        "a root of the trusted root's name, with the trusted root in the chain",
                        "chain.impostor",
                        scene -> {
                            var twin = CertificateForge.authority("Acme Root", Scene.NOW)
                                    .selfSigned();
                            var leaf = leaf().issuedBy(twin);
                            var chain = List.of(
                                    leaf.certificate(), scene.cast.root().certificate());
                            return scene.bundle().jar(leaf.withChain(chain)).toBytes();
                        }),
                new Attack(
                        "the anchor itself as signer",
                        "signer.authority",
                        scene -> scene.bundle().jar(scene.cast.root()).toBytes()),
                new Attack(
                        "a leaf as authority",
                        "chain.authority",
                        scene -> scene.bundle()
                                .jar(leaf().issuedBy(scene.cast.leaf()))
                                .toBytes()),
                new Attack("an authority that may not sign certificates", "chain.authority", scene -> {
                    var middle = CertificateForge.authority("Middle", Scene.NOW)
                            .usage(KeyUsage.digitalSignature)
                            .issuedBy(scene.cast.root());
                    return scene.bundle().jar(leaf().issuedBy(middle)).toBytes();
                }),
                new Attack("an expired authority between", "chain.expired", scene -> {
                    var middle = CertificateForge.authority("Middle", Scene.NOW)
                            .valid(Scene.NOW.minus(Scene.DAY.multipliedBy(9)), Scene.NOW.minus(Scene.DAY))
                            .issuedBy(scene.cast.root());
                    return scene.bundle().jar(leaf().issuedBy(middle)).toBytes();
                }),
                new Attack("an anchor that no publisher names", "publisher.unknown", scene -> {
                    scene.root("stranger", scene.cast.strangerRoot());
                    return scene.bundle().jar(scene.cast.stranger()).toBytes();
                }),
                new Attack("a chain without the authority between", "signer.untrusted", scene -> {
                    var middle = CertificateForge.authority("Middle", Scene.NOW).issuedBy(scene.cast.root());
                    var leaf = leaf().issuedBy(middle);
                    var chain = List.of(leaf.certificate(), scene.cast.root().certificate());
                    return scene.bundle().jar(leaf.withChain(chain)).toBytes();
                }));
    }

    @FunctionalInterface
    private interface LeafChange {
        CertificateForge apply(CertificateForge leaf);
    }

    private static Attack byLeaf(String name, String code, LeafChange change) {
        return new Attack(name, code, scene -> {
            var leaf = change.apply(leaf()).issuedBy(scene.cast.root());
            return scene.bundle().jar(leaf).toBytes();
        });
    }

    @FunctionalInterface
    private interface BlockChange {
        CMSSignedData apply(CMSSignedData signed) throws Exception;
    }

    private static byte[] withBlock(Scene scene, BlockChange change) throws Exception {
        var bundle = scene.bundle();
        var jar = bundle.jar(scene.cast.leaf());
        var signed = bundle.sign(jar.part(SIGNATURE_FILE).content, scene.cast.leaf());
        jar.part(BLOCK).content = change.apply(signed).getEncoded("DER");
        return jar.toBytes();
    }

    private static byte[] rsa(Scene scene, String key, String hash) throws Exception {
        var bundle = scene.bundle();
        bundle.cmsHash = hash;
        return bundle.jar(leaf().key(key).issuedBy(scene.cast.root())).toBytes();
    }

    /** Signed twice, the keys named in the manifest; then perhaps without the second signature. */
    static JarForge both(Scene scene, Issued postQuantum, boolean named, boolean present) throws Exception {
        var bundle = scene.bundle();
        if (named) {
            bundle.main.put(BundleSigner.SIGNERS, Scene.key(scene.cast.leaf()) + "," + Scene.key(postQuantum));
        }
        var jar = bundle.jar(scene.cast.leaf());
        if (present) {
            var signatureFile = jar.part(SIGNATURE_FILE).content;
            jar.parts.add(3, new JarForge.Part("META-INF/ACMEPQ.SF", signatureFile));
            jar.parts.add(4, new JarForge.Part("META-INF/ACMEPQ.DSA", bundle.block(signatureFile, postQuantum)));
        }
        return jar;
    }

    private static CertificateForge leaf() {
        return CertificateForge.leaf("Acme", Scene.NOW);
    }
}
