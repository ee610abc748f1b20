package org.openclaw.deploy.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A detached CMS signature (RFC 5652) by one signer, verified against its own certificate. Whether that certificate is
 * worth anything is decided elsewhere.
 *
 * @param algorithm what it is signed by
 * @param certificate of the signer
 * @param others the other certificates that came along, in no order
 * @param timestamp the timestamp token over this signature, if there is one
 */
record SignedContent(
        SignatureAlgorithm algorithm,
        X509Certificate certificate,
        List<X509Certificate> others,
        Optional<Timestamp> timestamp) {
    private static final int MOST_CERTIFICATES = 16;
    private static final String CURE = "Sign the file again: claw sign.";

    SignedContent {
        others = List.copyOf(others);
    }

    /**
     * Verifies a detached signature.
     *
     * @param file the name of the signature, for messages
     * @param block DER, without anything behind it
     * @param content what is signed
     */
    static SignedContent verify(String file, byte[] block, byte[] content) throws Rejected {
        try {
            return verify(file, signedData(file, block), content);
        } catch (IOException | CertificateException | RuntimeException malformed) {
            // Bouncy Castle parses lazily and reports malformed structures by various unchecked exceptions.
            throw malformed(file + " is malformed: " + malformed.getMessage(), "a CMS SignedData");
        } catch (StackOverflowError bottomless) {
            // Structures nested without end are parsed recursively.
            throw malformed(file + " is nested too deeply", "a CMS SignedData");
        }
    }

    private static SignedData signedData(String file, byte[] block) throws IOException, Rejected {
        try (var in = new ASN1InputStream(block)) {
            var object = in.readObject();
            if (object == null) {
                throw malformed(file + " is empty", "a CMS SignedData");
            }
            if (in.available() != 0) {
                throw new Rejected("signature.trailing", file + " has bytes after the signature", "nothing", CURE);
            }
            var info = ContentInfo.getInstance(object);
            if (!info.getContentType().equals(CMSObjectIdentifiers.signedData)) {
                throw malformed(file + " is no signature", "a CMS SignedData");
            }
            return SignedData.getInstance(info.getContent());
        }
    }

    private static SignedContent verify(String file, SignedData data, byte[] content)
            throws Rejected, IOException, CertificateException {
        var encapsulated = data.getEncapContentInfo();
        if (encapsulated.getContent() != null || !encapsulated.getContentType().equals(CMSObjectIdentifiers.data)) {
            throw malformed(file + " brings content of its own", "a detached signature");
        }
        if (data.getCRLs() != null && data.getCRLs().size() != 0) {
            throw malformed(file + " brings revocation lists", "certificates only");
        }
        if (data.getSignerInfos().size() != 1) {
            throw new Rejected(
                    "signature.ambiguous",
                    file + " is signed by " + data.getSignerInfos().size() + " signers",
                    "one signer in each signature block",
                    CURE);
        }
        var signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        var certificates = certificates(file, data);
        var certificate = certificate(file, signer, certificates);
        var whose = "signer '" + certificate.getSubjectX500Principal().getName() + "'";
        var algorithm = SignatureAlgorithm.of(
                signer.getDigestEncryptionAlgorithm(),
                signer.getDigestAlgorithm(),
                SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()),
                whose);
        var signed = signedAttributes(file, signer, algorithm.digest(content));
        var value = signer.getEncryptedDigest().getOctets();
        if (!algorithm.verifies(certificate.getPublicKey(), signed, value)) {
            throw new Rejected(
                    "signature.invalid",
                    file + " does not verify with the key of " + whose,
                    "an intact signature",
                    CURE);
        }
        certificates.remove(certificate);
        return new SignedContent(algorithm, certificate, certificates, timestamp(file, signer, value));
    }

    private static List<X509Certificate> certificates(String file, SignedData data)
            throws Rejected, IOException, CertificateException {
        var set = data.getCertificates();
        if (set == null || set.size() == 0 || set.size() > MOST_CERTIFICATES) {
            throw malformed(
                    file + " has " + (set == null ? 0 : set.size()) + " certificates",
                    "the signer's and its chain, at most " + MOST_CERTIFICATES);
        }
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new ArrayList<X509Certificate>();
        for (var element : set) {
            certificates.add((X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(element.toASN1Primitive().getEncoded(ASN1Encoding.DER))));
        }
        return certificates;
    }

    private static X509Certificate certificate(String file, SignerInfo signer, List<X509Certificate> certificates)
            throws Rejected, IOException {
        var id = signer.getSID().getId();
        var found = new ArrayList<X509Certificate>();
        for (var certificate : certificates) {
            if (isOf(id, certificate)) {
                found.add(certificate);
            }
        }
        if (found.size() != 1) {
            throw malformed(
                    file + " brings " + found.size() + " certificates of its signer",
                    "exactly one, which the signer names by issuer and serial number");
        }
        return found.getFirst();
    }

    /** Signers that are named by their key's identifier are unknown to the JDK, so nobody's certificate is theirs. */
    private static boolean isOf(org.bouncycastle.asn1.ASN1Encodable id, X509Certificate certificate)
            throws IOException {
        if (!(id.toASN1Primitive() instanceof ASN1Sequence)) {
            return false;
        }
        var name = IssuerAndSerialNumber.getInstance(id);
        return certificate.getSerialNumber().equals(name.getSerialNumber().getValue())
                && Arrays.equals(
                        certificate.getIssuerX500Principal().getEncoded(),
                        name.getName().getEncoded(ASN1Encoding.DER));
    }

    /** Checks the signed attributes and returns their bytes as they were signed. */
    private static byte[] signedAttributes(String file, SignerInfo signer, byte[] digest) throws Rejected, IOException {
        var attributes = signer.getAuthenticatedAttributes();
        if (attributes == null) {
            throw attributes(file + " has no signed attributes", "content type and message digest");
        }
        // In another encoding, readers that sort before they verify would disagree with those that do not.
        var encoded = attributes.getEncoded(ASN1Encoding.DER);
        if (!Arrays.equals(encoded, attributes.getEncoded(ASN1Encoding.DL))) {
            throw attributes(file + " has signed attributes out of order", "DER");
        }
        if (!only(file, attributes, CMSAttributes.contentType).equals(CMSObjectIdentifiers.data)) {
            throw attributes(file + " is about another type of content", "plain data");
        }
        var signedDigest = ASN1OctetString.getInstance(only(file, attributes, CMSAttributes.messageDigest));
        if (!MessageDigest.isEqual(signedDigest.getOctets(), digest)) {
            throw new Rejected(
                    "signature.digest",
                    file + " is the signature of other content than the file beside it",
                    "the digest of that file",
                    CURE);
        }
        if (count(attributes, CMSAttributes.cmsAlgorithmProtect) > 0) {
            var protection =
                    CMSAlgorithmProtection.getInstance(only(file, attributes, CMSAttributes.cmsAlgorithmProtect));
            if (!protection.getDigestAlgorithm().equals(signer.getDigestAlgorithm())
                    || !signer.getDigestEncryptionAlgorithm().equals(protection.getSignatureAlgorithm())) {
                throw attributes(file + " names other algorithms in its signed attributes", "the ones that it uses");
            }
        }
        return encoded;
    }

    private static org.bouncycastle.asn1.ASN1Encodable only(String file, ASN1Set attributes, ASN1ObjectIdentifier type)
            throws Rejected {
        if (count(attributes, type) == 1) {
            for (var element : attributes) {
                var attribute = Attribute.getInstance(element);
                if (attribute.getAttrType().equals(type)
                        && attribute.getAttrValues().size() == 1) {
                    return attribute.getAttrValues().getObjectAt(0);
                }
            }
        }
        throw attributes(file + " lacks or repeats the attribute " + type.getId(), "it once, with one value");
    }

    private static int count(ASN1Set attributes, ASN1ObjectIdentifier type) {
        var count = 0;
        for (var element : attributes) {
            if (Attribute.getInstance(element).getAttrType().equals(type)) {
                count++;
            }
        }
        return count;
    }

    private static Optional<Timestamp> timestamp(String file, SignerInfo signer, byte[] signature)
            throws Rejected, IOException {
        var attributes = signer.getUnauthenticatedAttributes();
        if (attributes == null || attributes.size() == 0) {
            return Optional.empty();
        }
        if (attributes.size() != count(attributes, Timestamp.ATTRIBUTE)) {
            throw attributes(file + " has unsigned attributes besides a timestamp", "a timestamp at most");
        }
        var token = only(file, attributes, Timestamp.ATTRIBUTE);
        return Optional.of(Timestamp.verify(file, ContentInfo.getInstance(token), signature));
    }

    private static Rejected attributes(String reason, String expected) {
        return new Rejected("signature.attributes", reason, expected, CURE);
    }

    private static Rejected malformed(String reason, String expected) {
        return new Rejected("signature.malformed", reason, expected, CURE);
    }
}
