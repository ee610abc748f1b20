package org.openclaw.deploy.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * An RFC 3161 timestamp over a signature, verified against the authority's own certificate. Whether that authority is
 * trusted is decided elsewhere.
 *
 * @param at when the authority saw the signature
 * @param authority its certificate
 * @param others the other certificates that came along
 */
record Timestamp(Instant at, X509Certificate authority, List<X509Certificate> others) {
    static final ASN1ObjectIdentifier ATTRIBUTE = PKCSObjectIdentifiers.id_aa_signatureTimeStampToken;

    private static final String CURE = "Sign the jar again, with a timestamp of a trusted authority.";

    Timestamp {
        others = List.copyOf(others);
    }

    static Timestamp verify(String file, ContentInfo info, byte[] signature) throws Rejected, IOException {
        try {
            var token = new TimeStampToken(new CMSSignedData(info));
            var stamped = token.getTimeStampInfo();
            var digest = SignatureAlgorithm.digestName(
                    new AlgorithmIdentifier(stamped.getMessageImprintAlgOID()), "the timestamp of " + file);
            if (!MessageDigest.isEqual(
                    SignatureAlgorithm.digest(digest, signature), stamped.getMessageImprintDigest())) {
                throw new Rejected(
                        "timestamp.grafted",
                        "the timestamp in " + file + " is of another signature",
                        "a timestamp of this signature",
                        CURE);
            }
            return verified(file, token);
        } catch (TSPException | CMSException | CertificateException | OperatorCreationException invalid) {
            throw new Rejected(
                    "timestamp.invalid",
                    "the timestamp in " + file + " does not verify: " + invalid.getMessage(),
                    "an intact RFC 3161 token",
                    CURE);
        }
    }

    private static Timestamp verified(String file, TimeStampToken token)
            throws Rejected, IOException, CertificateException, TSPException, OperatorCreationException, CMSException {
        var factory = CertificateFactory.getInstance("X.509");
        var authorities = new ArrayList<X509Certificate>();
        var others = new ArrayList<X509Certificate>();
        for (var holder : token.getCertificates().getMatches(null)) {
            var certificate = (X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(holder.toASN1Structure().getEncoded(ASN1Encoding.DER)));
            (token.getSID().match(holder) ? authorities : others).add(certificate);
        }
        if (authorities.size() != 1) {
            throw new Rejected(
                    "timestamp.invalid",
                    "the timestamp in " + file + " brings " + authorities.size() + " certificates of its authority",
                    "exactly one",
                    CURE);
        }
        var authority = authorities.getFirst();
        var signer = signer(token);
        var ignored = SignatureAlgorithm.of(
                signer.toASN1Structure().getDigestEncryptionAlgorithm(),
                signer.toASN1Structure().getDigestAlgorithm(),
                new X509CertificateHolder(authority.getEncoded()).getSubjectPublicKeyInfo(),
                "the timestamp authority '"
                        + authority.getSubjectX500Principal().getName() + "'");
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(authority));
        return new Timestamp(token.getTimeStampInfo().getGenTime().toInstant(), authority, others);
    }

    private static SignerInformation signer(TimeStampToken token) throws CMSException {
        return token.toCMSSignedData().getSignerInfos().getSigners().iterator().next();
    }
}
