package org.openclaw.build.signing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signature that a jar is to get: {@code claw sign} of an installation, which finds its own Java.
 *
 * @param jar signed in place
 * @param installation whose {@code bin/claw} signs
 * @param home whose {@code conf/keys} has the keys
 * @param publisher who signs
 * @param passphrase the file that holds the passphrase of the keys
 */
record Signature(Path jar, Path installation, Path home, String publisher, Optional<Path> passphrase) {
    private static final String LOCKED = "[keys.passphrase]";

    /** @throws UnsignedException when a property is not set */
    static Signature of(
            File jar,
            @Nullable File installation,
            @Nullable File home,
            @Nullable String publisher,
            @Nullable File passphrase)
            throws UnsignedException {
        if (installation == null) {
            throw UnsignedException.unset("openclaw.installation", "where OpenClaw is installed");
        }
        if (publisher == null || publisher.isBlank()) {
            throw UnsignedException.unset("openclaw.publisher", "the publisher whose keys sign the jar");
        }
        return new Signature(
                jar.toPath(),
                installation.toPath(),
                (home == null ? installation : home).toPath(),
                publisher,
                Optional.ofNullable(passphrase).map(File::toPath));
    }

    /**
     * Signs the jar.
     *
     * @return what to tell
     * @throws UnsignedException when it cannot be signed; the jar is as it was
     */
    String make() throws UnsignedException {
        var claw = installation.resolve("bin/claw");
        if (!Files.isExecutable(claw)) {
            throw UnsignedException.noInstallation(claw);
        }
        var keys = home.resolve("conf/keys").resolve(publisher);
        if (!Files.isDirectory(keys)) {
            throw UnsignedException.noKeys(publisher, keys, "%s keygen %s --home %s".formatted(claw, publisher, home));
        }
        var command = new ArrayList<>(List.of(
                claw.toString(),
                "sign",
                "--reproducible",
                jar.toString(),
                "--key",
                publisher,
                "--home",
                home.toString()));
        passphrase.ifPresent(file -> command.addAll(List.of("--passphrase-file", file.toString())));
        return run(command);
    }

    private String run(List<String> command) throws UnsignedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() == 0) {
                return said;
            }
            throw passphrase.isEmpty() && said.endsWith(LOCKED)
                    ? UnsignedException.locked(publisher)
                    : UnsignedException.refused(said);
        } catch (IOException failed) {
            throw UnsignedException.refused(command.get(0) + " could not be run: " + failed.getMessage() + ".");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw UnsignedException.refused("the build was interrupted.");
        }
    }
}
