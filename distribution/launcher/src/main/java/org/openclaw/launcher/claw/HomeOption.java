package org.openclaw.launcher.claw;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import picocli.CommandLine.Option;

/** Which home a verb is about: mixed in ({@code @Mixin}) where it matters. */
public final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The home folder: conf/, data/, deploy/, logs/. Default: the installation itself.")
    private @Nullable Path folder;

    /** The option as it was typed, for another command about the same home; empty when it was not. */
    String asTyped() {
        var named = folder;
        return named == null ? "" : " --home " + ShellWords.quoted(named.toString());
    }

    /** The folder that was named, else the installation's. */
    public Home home() {
        var named = folder;
        return new Home(named == null ? Installation.here().folder() : named);
    }
}
