package org.openclaw.deploy.trust;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
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
        var unsigned = new AttributeTable(attribute);
        var changed = SignerInformation.replaceUnsignedAttributes(signerOf(signed), unsigned);
        return CMSSignedData.replaceSigners(signed, new SignerInformationStore(List.of(changed)));
    }

    /** By hand, because the library declines to stamp for an authority that it would not trust itself. */
    private static ASN1Primitive token(Issued authority, Instant at, byte[] over) throws Exception {
        var sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
        var stamp = new TSTInfo(
                new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2"),
                new MessageImprint(sha256, sha256(over)),
                new ASN1Integer(1),
                new ASN1GeneralizedTime(Date.from(at)),
                null,
                null,
                null,
                null,
                null);
        var reference = new SigningCertificateV2(
                new ESSCertIDv2(sha256, sha256(authority.certificate().getEncoded())));
        var attributes = new AttributeTable(
                new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(reference)));
        var digests = new JcaDigestCalculatorProviderBuilder()
                .setProvider(CertificateForge.PROVIDER)
                .build();
        var signer = new JcaContentSignerBuilder(CertificateForge.algorithm(authority.keys(), "SHA256"))
                .setProvider(CertificateForge.PROVIDER)
                .build(authority.keys().getPrivate());
        var generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(digests)
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(attributes))
                .build(signer, new JcaX509CertificateHolder(authority.certificate())));
        generator.addCertificates(new JcaCertStore(authority.chain()));
        var content = new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, stamp.getEncoded("DER"));
        return generator.generate(content, true).toASN1Structure().toASN1Primitive();
    }

    private static byte[] sha256(byte[] content) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(content);
    }

    private static SignerInformation signerOf(CMSSignedData signed) {
        return signed.getSignerInfos().getSigners().iterator().next();
    }
}
