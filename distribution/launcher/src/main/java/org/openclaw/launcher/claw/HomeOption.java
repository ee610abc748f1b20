package org.openclaw.launcher.claw;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.ShellWords;
import picocli.CommandLine.Option;

/** Which home a verb is about: mixed in ({@code @Mixin}) where it matters. */
public final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:CLAW_HOME}",
            description =
                    "The home folder: conf/, data/, deploy/, logs/. Default: $CLAW_HOME, else the installation itself.")
    private @Nullable Path folder;

    /** The option for another command about the same home; empty when it is the installation's. */
    String asTyped() {
        return named().map(home -> " --home " + ShellWords.quoted(home.toString()))
                .orElse("");
    }

    /** The folder that was named, here or in the environment, else the installation's. */
    public Home home() {
        return new Home(named().orElseGet(() -> Installation.here().folder()));
    }

    /** An empty variable names nothing. */
    private Optional<Path> named() {
        return Optional.ofNullable(folder).filter(named -> !named.toString().isEmpty());
    }
}
