package org.openclaw.build.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation whose claw does what the test says; each way to fail is one paragraph that names its cure. */
class SignatureTest {
    @TempDir
    Path folder;

    private Path jar;
    private Path installation;

    @BeforeEach
    void layOut() throws Exception {
        jar = Files.writeString(folder.resolve("desk.jar"), "unsigned");
        installation = Files.createDirectories(folder.resolve("openclaw"));
        Files.createDirectories(installation.resolve("conf/keys/acme"));
        claw("echo \"$@\"");
    }

    @Test
    void callsTheInstallationsOwnClaw() throws Exception {
        assertThat(signature("acme", null).make())
                .isEqualTo("sign --reproducible %s --key acme --home %s".formatted(jar, installation));
    }

    @Test
    void handsTheFileOfThePassphraseOn() throws Exception {
        var file = folder.resolve("passphrase");

        assertThat(signature("acme", file.toFile()).make()).endsWith("--passphrase-file " + file);
    }

    @Test
    void namesThePropertyThatIsNotSet() {
        assertRefusal(() -> Signature.of(jar.toFile(), null, null, "acme", null), "openclaw.installation is not set");
        assertRefusal(() -> signature(" ", null), "openclaw.publisher is not set");
    }

    @Test
    void saysWhereItLookedForTheInstallation() throws Exception {
        Files.delete(installation.resolve("bin/claw"));

        assertRefusal(
                () -> signature("acme", null).make(),
                installation.resolve("bin/claw").toString());
    }

    @Test
    void saysThatTheKeysAreElsewhereAndHowToMakeSome() {
        assertRefusal(
                () -> signature("bob", null).make(),
                installation.resolve("conf/keys/bob").toString(),
                "claw keygen bob --home " + installation);
    }

    @Test
    void asksForTheFileOfThePassphrase() throws Exception {
        claw("echo 'It is protected. [keys.passphrase]'; exit 1");

        assertRefusal(() -> signature("acme", null).make(), "-Dopenclaw.passphraseFile=FILE");
    }

    @Test
    void repeatsWhatClawRefuses() throws Exception {
        claw("echo 'Cannot sign it. [jar.unsignable]'; exit 1");

        assertRefusal(() -> signature("acme", null).make(), "Cannot sign it. [jar.unsignable]");
    }

    private Signature signature(String publisher, @Nullable File passphrase) throws UnsignedException {
        return Signature.of(jar.toFile(), installation.toFile(), null, publisher, passphrase);
    }

    private static void assertRefusal(ThrowingCallable act, String... parts) {
        assertThatExceptionOfType(UnsignedException.class)
                .isThrownBy(act)
                .withMessageContainingAll(parts)
                .withMessageEndingWith("To build without a signature: -Dopenclaw.sign=false.");
    }

    private void claw(String script) throws Exception {
        var file = Files.createDirectories(installation.resolve("bin")).resolve("claw");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
