package org.openclaw.deploy.trust;

import java.io.IOException;
import java.security.Provider;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Date;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Makes detached CMS signatures (RFC 5652; RFC 8419 for Ed25519, RFC 9882 for ML-DSA) with signed attributes and the
 * signer's whole chain, as one DER value.
 */
final class CmsBlock {
    private final Provider provider;

    CmsBlock(Provider provider) {
        this.provider = provider;
    }

    /** The signature of {@code key} over {@code content}, which is not in it. */
    byte[] detached(byte[] content, SigningKey key, Instant at) {
        return detached(content, key, Optional.of(at));
    }

    /** The same, without a signing time where there is none. */
    byte[] detached(byte[] content, SigningKey key, Optional<Instant> at) {
        try {
            var signer = new JcaContentSignerBuilder(key.algorithm())
                    .setProvider(provider)
                    .build(key.key());
            var digests = new JcaDigestCalculatorProviderBuilder()
                    .setProvider(provider)
                    .build();
            var signature = new SignerInfoGeneratorBuilder(digests)
                    .setSignedAttributeGenerator(attributes(at))
                    .build(signer, new JcaX509CertificateHolder(key.leaf()));
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(signature);
            generator.addCertificates(new JcaCertStore(key.chain()));
            return generator
                    .generate(new CMSProcessableByteArray(content), false)
                    .getEncoded(ASN1Encoding.DER);
        } catch (OperatorCreationException | CMSException | CertificateEncodingException | IOException unusable) {
            throw new IllegalStateException("signing key: " + key + " (expected: one that can sign)", unusable);
        }
    }

    private static CMSAttributeTableGenerator attributes(Optional<Instant> at) {
        return at.<CMSAttributeTableGenerator>map(time -> new DefaultSignedAttributeTableGenerator(signingTime(time)))
                // left to itself, the library puts the present time in
                .orElse(parameters -> new DefaultSignedAttributeTableGenerator()
                        .getAttributes(parameters)
                        .remove(CMSAttributes.signingTime));
    }

    private static AttributeTable signingTime(Instant at) {
        // The library's type for a table of attributes is the JDK's old one.
        @SuppressWarnings("JdkObsolete")
        var attributes = new Hashtable<ASN1ObjectIdentifier, Attribute>();
        attributes.put(
                CMSAttributes.signingTime,
                new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(at)))));
        return new AttributeTable(attributes);
    }
}
