package org.openclaw.launcher.claw;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.aot.AotCaches;
import org.openclaw.launcher.aot.AotKind;
import org.openclaw.launcher.aot.Trained;
import org.openclaw.launcher.aot.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the ahead-of-time caches of the installation by hand, as its owner. */
@Command(
        name = "aot",
        description = {
            "Make the ahead-of-time caches, with which the container and the commands start faster.",
            "A container makes them itself after its first start, where its user may write the installation."
        })
final class AotCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** The profiles of {@code bin/claw}. */
    private enum Profile {
        SMALL,
        SERVER;

        AotKind kind() {
            return AotKind.valueOf(name());
        }
    }

    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description =
                    "For containers in this profile: small or server; again for another. Default: that of this machine.")
    private List<Profile> profiles = List.of();

    @Option(names = "--force", description = "Make those that are there again.")
    private boolean force;

    @Override
    public Integer call() throws InterruptedException {
        var installation = Installation.here();
        var caches = AotCaches.of(installation)
                .orElseThrow(
                        () -> ClawException.refused(
                                "aot.off",
                                "No ahead-of-time cache is used here (expected: CLAW_AOT not 'off', a JDK that names its build, and"
                                        + " neither -XX: nor -- options in CLAW_JAVA_OPTS, JDK_JAVA_OPTIONS and JAVA_TOOL_OPTIONS)."));
        var wanted = wanted();
        if (!force) {
            wanted.removeIf(caches::has);
        }
        if (wanted.isEmpty()) {
            output.show(
                    fields(List.of()),
                    "Nothing to do: the caches in " + caches.folder() + " are those of this release.");
            return ExitCode.OK;
        }
        var training = new Training(installation, caches, trust(installation), LIMIT);
        return switch (training.run(wanted)) {
            case Trained.Made made -> {
                output.show(fields(made.caches()), text(made));
                yield ExitCode.OK;
            }
            case Trained.Failed failed -> throw ClawException.refused(failed.code(), failed.text());
        };
    }

    /** A home that has never been started begins with the trust store of the installation. */
    private Path trust(Installation installation) {
        var trust = home.home().trust();
        return Files.isDirectory(trust) ? trust : new Home(installation.folder()).trust();
    }

    private Set<AotKind> wanted() {
        var wanted = EnumSet.of(AotKind.VERBS);
        profiles.forEach(profile -> wanted.add(profile.kind()));
        if (profiles.isEmpty()) {
            AotCaches.ofThisProfile().ifPresent(wanted::add);
        }
        return wanted;
    }

    private static String text(Trained.Made made) {
        var lines = new StringBuilder();
        for (var cache : made.caches()) {
            lines.append("Made %s (%d MB).%n".formatted(cache.file(), cache.bytes() / 1_000_000));
        }
        return lines.append("It took %d s. From now on what starts here uses them."
                        .formatted(made.took().toSeconds()))
                .toString();
    }

    private static Object fields(List<Trained.Cache> caches) {
        var all = caches.stream()
                .map(cache -> {
                    var fields = new LinkedHashMap<String, Object>();
                    fields.put("cache", cache.kind().name().toLowerCase(Locale.ROOT));
                    fields.put("file", cache.file().toString());
                    fields.put("bytes", cache.bytes());
                    return fields;
                })
                .toList();
        return Map.of("made", all);
    }
}
