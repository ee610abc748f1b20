package org.openclaw.deploy.trust;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The signature algorithms and keys that count, and nothing else: RSA of 3072 bits or more (PKCS#1 v1.5 or PSS), ECDSA on
 * P-256, P-384 or P-521, Ed25519, Ed448, ML-DSA-65 and ML-DSA-87, over SHA-256, SHA-384 or SHA-512.
 *
 * @param name for the JDK and for people
 * @param digest the JDK's name of the digest over the content
 * @param parameters of the signature, for PSS
 */
record SignatureAlgorithm(String name, String digest, Optional<AlgorithmParameterSpec> parameters) {
    private static final int LEAST_RSA_BITS = 3072;
    private static final String CURE = "Sign again with a strong key: claw keygen, claw sign.";

    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");

    private static final Map<ASN1ObjectIdentifier, String> RSA = Map.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption, "SHA-256",
            PKCSObjectIdentifiers.sha384WithRSAEncryption, "SHA-384",
            PKCSObjectIdentifiers.sha512WithRSAEncryption, "SHA-512");

    private static final Map<ASN1ObjectIdentifier, String> ECDSA = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, "SHA-256",
            X9ObjectIdentifiers.ecdsa_with_SHA384, "SHA-384",
            X9ObjectIdentifiers.ecdsa_with_SHA512, "SHA-512");

    private static final Map<ASN1ObjectIdentifier, String> PURE = Map.of(
            EdECObjectIdentifiers.id_Ed25519, "Ed25519",
            EdECObjectIdentifiers.id_Ed448, "Ed448",
            NISTObjectIdentifiers.id_ml_dsa_65, "ML-DSA-65",
            NISTObjectIdentifiers.id_ml_dsa_87, "ML-DSA-87");

    boolean isPostQuantum() {
        return name.startsWith("ML-DSA");
    }

    /**
     * The algorithm of a CMS signer.
     *
     * @param whose for messages
     */
    static SignatureAlgorithm of(
            AlgorithmIdentifier signature, AlgorithmIdentifier digest, SubjectPublicKeyInfo key, String whose)
            throws Rejected {
        checkKey(key, whose);
        var digestName = digestName(digest, whose);
        var algorithm = of(signature, digestName, whose);
        if (!fits(signature.getAlgorithm(), key.getAlgorithm().getAlgorithm())) {
            throw new Rejected(
                    "signature.algorithm",
                    whose + " signs by " + algorithm.name() + " with a key of another kind",
                    "an algorithm of the key's kind",
                    CURE);
        }
        return algorithm;
    }

    private static SignatureAlgorithm of(AlgorithmIdentifier signature, String digest, String whose) throws Rejected {
        var oid = signature.getAlgorithm();
        if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return new SignatureAlgorithm(digest.replace("-", "") + "withRSA", digest, Optional.empty());
        }
        if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return pss(signature, digest, whose);
        }
        if (PURE.containsKey(oid)) {
            return pure(PURE.getOrDefault(oid, ""), digest, whose);
        }
        var rsa = RSA.containsKey(oid);
        var own = rsa ? RSA.get(oid) : ECDSA.get(oid);
        if (own == null) {
            throw weak(whose + " signs by the algorithm " + oid.getId());
        }
        if (!own.equals(digest)) {
            throw weak(whose + " signs by " + own + " over a digest by " + digest);
        }
        return new SignatureAlgorithm(own.replace("-", "") + (rsa ? "withRSA" : "withECDSA"), digest, Optional.empty());
    }

    /** RFC 8419 binds each EdDSA to one digest, and the JDK takes no other. */
    private static SignatureAlgorithm pure(String name, String digest, String whose) throws Rejected {
        var fits = switch (name) {
            case "Ed25519" -> digest.equals("SHA-512");
            case "Ed448" -> digest.equals("SHAKE256-512");
            default -> !digest.startsWith("SHAKE");
        };
        if (!fits) {
            throw weak(whose + " signs by " + name + " over a digest by " + digest);
        }
        return new SignatureAlgorithm(name, digest, Optional.empty());
    }

    private static SignatureAlgorithm pss(AlgorithmIdentifier signature, String digest, String whose) throws Rejected {
        var parameters = RSASSAPSSparams.getInstance(signature.getParameters());
        var hash = digestName(parameters.getHashAlgorithm(), whose);
        var mask = digestName(
                AlgorithmIdentifier.getInstance(parameters.getMaskGenAlgorithm().getParameters()), whose);
        var salt = parameters.getSaltLength().intValueExact();
        if (!hash.equals(digest) || !mask.equals(hash) || salt < 32 || salt > 64) {
            throw weak(whose + " signs by RSASSA-PSS with mixed or weak parameters");
        }
        return new SignatureAlgorithm(
                "RSASSA-PSS",
                digest,
                Optional.of(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(mask), salt, 1)));
    }

    /** The JDK's name of a digest algorithm that counts. */
    static String digestName(AlgorithmIdentifier digest, String whose) throws Rejected {
        var oid = digest.getAlgorithm();
        // Ed448 is used with SHAKE256 of 512 bits (RFC 8419)
        if (oid.equals(NISTObjectIdentifiers.id_shake256) || oid.equals(NISTObjectIdentifiers.id_shake256_len)) {
            return "SHAKE256-512";
        }
        var name = DIGESTS.get(oid);
        if (name == null) {
            throw weak(whose + " signs over the digest algorithm " + oid.getId());
        }
        return name;
    }

    private static boolean fits(ASN1ObjectIdentifier signature, ASN1ObjectIdentifier key) {
        if (PURE.containsKey(signature)) {
            return signature.equals(key);
        }
        if (ECDSA.containsKey(signature)) {
            return key.equals(X9ObjectIdentifiers.id_ecPublicKey);
        }
        return key.equals(PKCSObjectIdentifiers.rsaEncryption)
                || (key.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
                        && signature.equals(PKCSObjectIdentifiers.id_RSASSA_PSS));
    }

    /** Refuses keys that are too short or of a kind that does not count. */
    static void checkKey(SubjectPublicKeyInfo key, String whose) throws Rejected {
        var oid = key.getAlgorithm().getAlgorithm();
        if (PURE.containsKey(oid)) {
            return;
        }
        if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            var curve = key.getAlgorithm().getParameters();
            if (!SECObjectIdentifiers.secp256r1.equals(curve)
                    && !SECObjectIdentifiers.secp384r1.equals(curve)
                    && !SECObjectIdentifiers.secp521r1.equals(curve)) {
                throw weakKey(whose + " has an elliptic key that is not on a named NIST curve");
            }
            return;
        }
        if (oid.equals(PKCSObjectIdentifiers.rsaEncryption) || oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            var bits = rsaBits(key, whose);
            if (bits < LEAST_RSA_BITS) {
                throw weakKey(whose + " has an RSA key of " + bits + " bits");
            }
            return;
        }
        throw weakKey(whose + " has a key of the kind " + oid.getId());
    }

    private static int rsaBits(SubjectPublicKeyInfo key, String whose) throws Rejected {
        try {
            return RSAPublicKey.getInstance(key.parsePublicKey()).getModulus().bitLength();
        } catch (java.io.IOException malformed) {
            throw weakKey(whose + " has a malformed RSA key");
        }
    }

    /** Whether certificates and revocation lists may be signed so. The JDK looks at the parameters of PSS. */
    static boolean isStrong(String oid) {
        var algorithm = new ASN1ObjectIdentifier(oid);
        return PURE.containsKey(algorithm)
                || RSA.containsKey(algorithm)
                || ECDSA.containsKey(algorithm)
                || algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
    }

    /** Whether {@code value} is the signature of {@code key} over {@code content}. */
    boolean verifies(PublicKey key, byte[] content, byte[] value) {
        try {
            var signature = Signature.getInstance(name);
            if (parameters.isPresent()) {
                signature.setParameter(parameters.get());
            }
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(value);
        } catch (GeneralSecurityException unusable) {
            return false;
        }
    }

    /** The digest of some content by this algorithm's digest. */
    byte[] digest(byte[] content) {
        return digest(digest, content);
    }

    static byte[] digest(String name, byte[] content) {
        try {
            return MessageDigest.getInstance(name).digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("the JDK has " + name, impossible);
        }
    }

    private static Rejected weak(String reason) {
        return new Rejected(
                "signature.algorithm",
                reason,
                "Ed25519, Ed448, ECDSA, RSA or ML-DSA-65/87 over SHA-256 or stronger",
                CURE);
    }

    private static Rejected weakKey(String reason) {
        return new Rejected(
                "key.weak",
                reason,
                "Ed25519, Ed448, EC P-256/384/521, RSA of " + LEAST_RSA_BITS + " bits, ML-DSA-65/87",
                CURE);
    }
}
