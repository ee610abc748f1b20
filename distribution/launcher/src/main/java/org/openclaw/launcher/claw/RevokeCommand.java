package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.Map;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.trust.Revocations;
import org.openclaw.deploy.trust.TrustException;
import org.osgi.framework.VersionRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Revokes files, keys and bundles. */
@Command(
        name = "revoke",
        description = {
            "Revoke a file, a key or versions of a bundle: it never runs again, and what runs of it is stopped.",
            "There is no way back but to edit conf/trust/revoked.json by hand."
        })
final class RevokeCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    @Override
    public void run() {
        var ignored = output.asJson();
        throw new ParameterException(spec.commandLine(), "Nothing named (expected: file, key or bundle).");
    }

    @Command(name = "file", description = "Revoke one jar.")
    int file(
            @Mixin Output shown,
            @Mixin HomeOption home,
            @Parameters(paramLabel = "JAR", description = "The jar, or the SHA-256 of its bytes in hex.") String jar)
            throws IOException {
        var digest = Files.isRegularFile(Path.of(jar))
                ? Digest.of(Files.readAllBytes(Path.of(jar)))
                : digest(jar, "a jar, or the SHA-256 of one");
        return revoke(shown, home, "file " + digest.hex(), list -> list.revokeFile(digest));
    }

    @Command(name = "key", description = "Revoke a signer's or an authority's key: everything that it signed.")
    int key(
            @Mixin Output shown,
            @Mixin HomeOption home,
            @Parameters(paramLabel = "CERT", description = "A certificate, or the SHA-256 of its key (SPKI) in hex.")
                    String certificate)
            throws IOException {
        var digest = Files.isRegularFile(Path.of(certificate))
                ? keyOf(Path.of(certificate))
                : digest(certificate, "a certificate, or the SHA-256 of a key");
        return revoke(shown, home, "key " + digest.hex(), list -> list.revokeKey(digest));
    }

    @Command(name = "bundle", description = "Revoke versions of a bundle, whoever signed them.")
    int bundle(
            @Mixin Output shown,
            @Mixin HomeOption home,
            @Parameters(paramLabel = "NAME", description = "The symbolic name.") String name,
            @Parameters(
                            paramLabel = "VERSIONS",
                            arity = "0..1",
                            defaultValue = "0.0.0",
                            description = "A range such as '[1.0,2.0)'. Default: all.")
                    String versions)
            throws IOException {
        VersionRange range;
        try {
            range = new VersionRange(versions);
        } catch (IllegalArgumentException malformed) {
            throw ClawException.misused("versions: '" + versions + "' (expected: a range such as '[1.0,2.0)')");
        }
        var said = range.equals(new VersionRange("0.0.0")) ? "every version" : range.toString();
        return revoke(shown, home, "bundle " + name + ", " + said, list -> list.revokeBundle(name, range));
    }

    @FunctionalInterface
    private interface Revocation {
        Revocations.Change on(Revocations list) throws IOException, TrustException;
    }

    private static int revoke(Output shown, HomeOption home, String what, Revocation revocation) throws IOException {
        try {
            var change = revocation.on(new Revocations(home.home().trust()));
            shown.show(
                    Map.of("revoked", what, "added", change.added(), "serial", change.serial()),
                    (change.added() ? "Revoked %s (serial %d)." : "Revoked already: %s (serial %d).")
                            .formatted(what, change.serial()));
            return 0;
        } catch (TrustException refused) {
            throw ClawException.refused(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private static Digest digest(String text, String expected) {
        try {
            return new Digest(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException malformed) {
            throw ClawException.misused("'%s' is neither a file nor a digest (expected: %s)".formatted(text, expected));
        }
    }

    private static Digest keyOf(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Digest.of(CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey()
                    .getEncoded());
        } catch (CertificateException malformed) {
            throw ClawException.misused(file + " is no certificate (expected: X.509, PEM or DER).");
        }
    }
}
