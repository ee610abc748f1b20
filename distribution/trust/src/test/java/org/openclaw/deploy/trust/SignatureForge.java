package org.openclaw.deploy.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.openclaw.deploy.trust.CertificateForge.Issued;

/** Signs a small bundle step by step, so that a test can go wrong at each of them. */
final class SignatureForge {
    static final String CODE = "acme/Bot.class";
    static final String TEXT = "acme/readme.txt";
    static final String SERVICE = "META-INF/services/acme.Spi";

    final Map<String, String> main = new LinkedHashMap<>();
    final Map<String, byte[]> files = new LinkedHashMap<>();
    /** Sections added to the manifest: names to digests, right or wrong. */
    final Map<String, String> strangeSections = new LinkedHashMap<>();

    String entryHash = "SHA-256";
    String manifestHash = "SHA-256";
    String cmsHash = "SHA256";
    boolean wholeManifest = true;
    boolean encapsulated;
    final Instant now;

    SignatureForge(Instant now) {
        this.now = now;
        main.put("Manifest-Version", "1.0");
        main.put("Bundle-ManifestVersion", "2");
        main.put("Bundle-SymbolicName", "acme.bot");
        main.put("Bundle-Version", "1.0.0");
        files.put(CODE, utf8("the code of the bot"));
        files.put(TEXT, utf8("Read me. ".repeat(40)));
        files.put(SERVICE, utf8("acme.Bot\n"));
    }

    byte[] manifest() throws Exception {
        var text = new StringBuilder(new String(ManifestText.section(main), StandardCharsets.UTF_8));
        for (var file : files.entrySet()) {
            text.append(section(file.getKey(), entryHash + "-Digest", digest(entryHash, file.getValue())));
        }
        strangeSections.forEach((name, digest) -> text.append(section(name, entryHash + "-Digest", digest)));
        return utf8(text.toString());
    }

    byte[] signatureFile(byte[] manifest) throws Exception {
        var head = new LinkedHashMap<String, String>();
        head.put("Signature-Version", "1.0");
        if (wholeManifest) {
            head.put(manifestHash + "-Digest-Manifest", digest(manifestHash, manifest));
        }
        var mainSection = ManifestText.section(main);
        head.put(manifestHash + "-Digest-Manifest-Main-Attributes", digest(manifestHash, mainSection));
        var text = new StringBuilder(new String(ManifestText.section(head), StandardCharsets.UTF_8));
        for (var file : files.entrySet()) {
            var section = section(file.getKey(), entryHash + "-Digest", digest(entryHash, file.getValue()));
            text.append(section(file.getKey(), manifestHash + "-Digest", digest(manifestHash, utf8(section))));
        }
        return utf8(text.toString());
    }

    CMSSignedData sign(byte[] signatureFile, Issued signer) throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder()
                .setProvider(CertificateForge.PROVIDER)
                .build();
        var content = new JcaContentSignerBuilder(CertificateForge.algorithm(signer.keys(), cmsHash))
                .setProvider(CertificateForge.PROVIDER)
                .build(signer.keys().getPrivate());
        var info = new SignerInfoGeneratorBuilder(digests)
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator())
                .build(content, new JcaX509CertificateHolder(signer.certificate()));
        var generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(info);
        generator.addCertificates(new JcaCertStore(signer.chain()));
        return generator.generate(new CMSProcessableByteArray(signatureFile), encapsulated);
    }

    byte[] block(byte[] signatureFile, Issued signer) throws Exception {
        return sign(signatureFile, signer).getEncoded("DER");
    }

    /** The whole signed jar, honestly put together. */
    JarForge jar(Issued signer) throws Exception {
        var manifest = manifest();
        var signatureFile = signatureFile(manifest);
        return jar(manifest, signatureFile, block(signatureFile, signer), extension(signer));
    }

    JarForge jar(byte[] manifest, byte[] signatureFile, byte[] block, String extension) {
        var jar = new JarForge()
                .add(JarFile.MANIFEST_NAME, manifest)
                .add("META-INF/ACME.SF", signatureFile)
                .add("META-INF/ACME." + extension, block);
        files.forEach(jar::add);
        return jar;
    }

    static String extension(Issued signer) {
        return switch (signer.keys().getPrivate().getAlgorithm()) {
            case "RSA" -> "RSA";
            case "ML-DSA", "ML-DSA-65" -> "DSA";
            default -> "EC";
        };
    }

    static String section(String name, String attribute, String value) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("Name", name);
        attributes.put(attribute, value);
        return new String(ManifestText.section(attributes), StandardCharsets.UTF_8);
    }

    static String digest(String algorithm, byte[] content) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance(algorithm).digest(content));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
