package org.openclaw.deploy.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Keys as PKCS#8 and certificates, in PEM, as OpenSSL and keytool read and write them. */
final class Pem {
    /** OWASP's figure for PBKDF2 with HMAC-SHA-256. */
    private static final int ITERATIONS = 600_000;

    private Pem() {}

    /** A private key; with a passphrase under PBES2 (AES-256-CBC, PBKDF2 with HMAC-SHA-256). */
    static byte[] key(PrivateKey key, Optional<char[]> passphrase, Provider provider, SecureRandom random)
            throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            if (passphrase.isPresent()) {
                writer.writeObject(new JcaPKCS8Generator(key, encryptor(passphrase.get(), provider, random)));
            } else {
                writer.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
            }
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException("AES-256 and PBKDF2 come with the provider", impossible);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static OutputEncryptor encryptor(char[] passphrase, Provider provider, SecureRandom random)
            throws OperatorCreationException {
        return new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                .setProvider(provider)
                .setRandom(random)
                .setPRF(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))
                .setIterationCount(ITERATIONS)
                .build(passphrase);
    }

    /** Reads a private key. */
    static PrivateKey readKey(Path file, Optional<char[]> passphrase, Provider provider)
            throws IOException, TrustException {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        try (var parser = new PEMParser(new StringReader(text))) {
            PrivateKeyInfo info = switch (parser.readObject()) {
                case PKCS8EncryptedPrivateKeyInfo encrypted -> decrypt(file, encrypted, passphrase, provider);
                case PrivateKeyInfo plain -> plain;
                case null, default -> throw TrustException.damaged(file, "no PKCS#8 key", "a private key in PEM");
            };
            return new JcaPEMKeyConverter().setProvider(provider).getPrivateKey(info);
        }
    }

    private static PrivateKeyInfo decrypt(
            Path file, PKCS8EncryptedPrivateKeyInfo encrypted, Optional<char[]> passphrase, Provider provider)
            throws TrustException {
        if (passphrase.isEmpty()) {
            throw TrustException.passphrase(
                    file, "it is protected by a passphrase and none was given", "Give it with --passphrase-file.");
        }
        try {
            return encrypted.decryptPrivateKeyInfo(new JcePKCSPBEInputDecryptorProviderBuilder()
                    .setProvider(provider)
                    .build(passphrase.get()));
        } catch (PKCSException wrong) {
            throw TrustException.passphrase(file, "the passphrase is not the one it was made with", "Try again.");
        }
    }

    /** Certificates one after the other. */
    static byte[] certificates(List<X509Certificate> certificates) throws IOException {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            for (var certificate : certificates) {
                writer.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (CertificateException impossible) {
            throw new IllegalStateException("a parsed certificate has an encoding", impossible);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads certificates, PEM or DER, one or more. */
    static List<X509Certificate> readCertificates(Path file) throws IOException, TrustException {
        try {
            var certificates = new ArrayList<X509Certificate>();
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                certificates.add((X509Certificate) certificate);
            }
            if (certificates.isEmpty()) {
                throw TrustException.damaged(file, "no certificate in it", "an X.509 certificate, PEM or DER");
            }
            return List.copyOf(certificates);
        } catch (CertificateException damaged) {
            throw TrustException.damaged(
                    file, String.valueOf(damaged.getMessage()), "an X.509 certificate, PEM or DER");
        }
    }
}
