package org.openclaw.launcher.claw.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openclaw.deploy.Digest;
import org.openclaw.launcher.Home;

/** Reads the certificates of a home. A file that holds none holds none: whoever needs it says what is wrong. */
final class Certificates {
    private Certificates() {}

    /**
     * The certificates that belong to a key of ours.
     *
     * @param owner the publisher
     * @param file such as {@code conf/keys/acme/classical.chain.pem}
     * @param certificates that of the key first, its anchor last
     */
    record Chain(String owner, Path file, List<X509Certificate> certificates) {}

    /** Of every key in {@code conf/keys}. */
    static List<Chain> ownChains(Home home) {
        var chains = new ArrayList<Chain>();
        for (var owner : children(home.keys())) {
            for (var file : children(owner)) {
                var certificates = file.toString().endsWith(".chain.pem") ? read(file) : List.<X509Certificate>of();
                if (!certificates.isEmpty()) {
                    chains.add(new Chain(String.valueOf(owner.getFileName()), file, certificates));
                }
            }
        }
        return chains;
    }

    static List<X509Certificate> read(Path file) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException | CertificateException unreadable) {
            return List.of();
        }
    }

    /** How a publisher's file names it. */
    static Digest key(X509Certificate certificate) {
        return Digest.of(certificate.getPublicKey().getEncoded());
    }

    static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
