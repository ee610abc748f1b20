package org.openclaw.launcher.claw.doctor;

import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Revocation lists of an authority of the tests. */
final class RevocationLists {
    private RevocationLists() {}

    /** One that revokes nothing, DER. */
    static byte[] empty(Instant made, Instant next) throws Exception {
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new X509v2CRLBuilder(new X500Name("CN=authority"), Date.from(made))
                .setNextUpdate(Date.from(next))
                .build(new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate()))
                .getEncoded();
    }
}
