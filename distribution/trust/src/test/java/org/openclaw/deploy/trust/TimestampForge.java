package org.openclaw.deploy.trust;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.openclaw.deploy.trust.CertificateForge.Issued;

/** A timestamp authority that stamps whatever it is given, for any time it is told. */
final class TimestampForge {
    private TimestampForge() {}

    /** The signature with a token over itself. */
    static CMSSignedData stamped(CMSSignedData signed, Issued authority, Instant at) throws Exception {
        return stamped(signed, authority, at, signerOf(signed).getSignature());
    }

    /** The signature with a token over something else. */
    static CMSSignedData stamped(CMSSignedData signed, Issued authority, Instant at, byte[] over) throws Exception {
        var token = token(authority, at, over);
        var attribute = new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(token));
        var unsigned = new AttributeTable(new java.util.Hashtable<>())
                .add(attribute.getAttrType(), attribute.getAttrValues().getObjectAt(0));
        var changed = SignerInformation.replaceUnsignedAttributes(signerOf(signed), unsigned);
        return CMSSignedData.replaceSigners(signed, new SignerInformationStore(List.of(changed)));
    }

    private static ASN1Primitive token(Issued authority, Instant at, byte[] over) throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder()
                .setProvider(CertificateForge.PROVIDER)
                .build();
        var generator = new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder()
                        .setProvider(CertificateForge.PROVIDER)
                        .build(
                                CertificateForge.algorithm(authority.keys(), "SHA256"),
                                authority.keys().getPrivate(),
                                authority.certificate()),
                digests.get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1)),
                new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2"));
        generator.addCertificates(new JcaCertStore(authority.chain()));
        var request = new TimeStampRequestGenerator()
                .generate(TSPAlgorithms.SHA256, MessageDigest.getInstance("SHA-256").digest(over));
        var token = generator.generate(request, BigInteger.ONE, Date.from(at));
        return token.toCMSSignedData().toASN1Structure().toASN1Primitive();
    }

    private static SignerInformation signerOf(CMSSignedData signed) {
        return signed.getSignerInfos().getSigners().iterator().next();
    }
}
