package org.openclaw.deploy.trust;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.openclaw.deploy.Digest;

/**
 * A private key with its certificates.
 *
 * @param key signs
 * @param chain the certificate of the key first, its anchor last
 */
public record SigningKey(PrivateKey key, List<X509Certificate> chain) {
    public SigningKey {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: empty (expected: the certificate of the key, its anchor last)");
        }
    }

    /** The certificate of the key. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /** The SHA-256 of the SubjectPublicKeyInfo of the key: how revocations and signed manifests name it. */
    public Digest id() {
        return Digest.of(leaf().getPublicKey().getEncoded());
    }

    /** The SHA-256 of the SubjectPublicKeyInfo of the anchor: how publisher files name it. */
    public Digest anchor() {
        return Digest.of(chain.getLast().getPublicKey().getEncoded());
    }

    /** Whether the key is of a kind that a quantum computer does not break. */
    public boolean postQuantum() {
        return family().startsWith("ML-DSA");
    }

    /** The name of the signature algorithm that this key signs jars with. */
    String algorithm() {
        return switch (family()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "EDDSA", "ED25519" -> "Ed25519";
            case "ML-DSA", "ML-DSA-65" -> "ML-DSA-65";
            default ->
                throw new IllegalArgumentException(
                        "key: " + key.getAlgorithm() + " (expected: Ed25519, EC P-256, RSA or ML-DSA-65)");
        };
    }

    /** The extension that the JDK's own signer gives the block of such a key. */
    String blockExtension() {
        return switch (family()) {
            case "RSA" -> "RSA";
            case "EC", "ECDSA", "EDDSA", "ED25519" -> "EC";
            default -> "DSA";
        };
    }

    private String family() {
        return key.getAlgorithm().toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return algorithm() + " key of '" + leaf().getSubjectX500Principal() + "' (sha256 " + id().brief() + ")";
    }
}
