package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether {@code bin/claw} has ahead-of-time caches that it may use: of this JDK and this release, as their names say, and
 * written by nobody but root and its user. Starts are only slower without, so most of it is a hint.
 */
final class StartCacheCheck implements Check {
    /** How {@code bin/claw} says which caches it looked for; nothing where it looked for none. */
    static final String KEY = "openclaw.aot";

    private static final String SUFFIX = ".aot";
    private static final String WHY = "Starts and verbs take longer without it.";
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    @Override
    public String area() {
        return "start-up cache";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var key = situation.machine().property(KEY);
        if (key.isEmpty()) {
            return Examination.of("not used");
        }
        var folder = situation.installation().folder().resolve("aot");
        var caches = Certificates.children(folder).stream()
                .filter(file -> file.toString().endsWith(SUFFIX))
                .toList();
        var ours = caches.stream()
                .filter(file -> file.toString().endsWith("-" + key + SUFFIX))
                .toList();
        var findings = new ArrayList<Finding>();
        untrusted(situation, folder, ours).ifPresent(findings::add);
        if (findings.isEmpty()) {
            missing(situation, folder, ours, caches.size() > ours.size()).ifPresent(findings::add);
        }
        var kinds = ours.stream()
                .map(file -> String.valueOf(file.getFileName()).replaceFirst("-.*", ""))
                .toList();
        return new Examination(kinds.isEmpty() ? "none" : "for " + String.join(", ", kinds), findings);
    }

    /** One for the verbs, and one for the container in one of its profiles. */
    private static Optional<Finding> missing(Situation situation, Path folder, List<Path> ours, boolean others) {
        boolean verbs =
                ours.stream().anyMatch(file -> file.getFileName().toString().startsWith("verbs-"));
        if (verbs && ours.size() > 1) {
            return Optional.empty();
        }
        var finding = ours.isEmpty() && others
                ? Finding.hint("aot.stale", folder, "The ahead-of-time caches are of another JDK or release.")
                : Finding.hint(
                        "aot.missing",
                        folder,
                        "There is no ahead-of-time cache for " + (verbs ? "the container." : "the verbs of claw."));
        return Optional.of(finding.because(WHY)
                .cure(
                        "The next start makes it in the background, or this at once.",
                        situation.shell().installation("aot")));
    }

    private static Optional<Finding> untrusted(Situation situation, Path folder, List<Path> caches) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        for (var path : Stream.concat(Stream.of(folder), caches.stream()).toList()) {
            var owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
            if (!owner.equals("root") && !owner.equals(situation.machine().property("user.name"))) {
                return Optional.of(finding(situation, path, "belongs to '" + owner + "'")
                        .cure(
                                "Remove it and make it anew.",
                                "sudo " + Shell.command("rm", "-rf", "--", folder) + " && "
                                        + situation.shell().installation("aot")));
            }
            if (open(path)) {
                return Optional.of(finding(situation, path, "can be written by others")
                        .cure(
                                "Make it anew, where only you write.",
                                Shell.command("rm", "-rf", "--", folder) + " && "
                                        + situation.shell().installation("aot")));
            }
        }
        return Optional.empty();
    }

    private static Finding finding(Situation situation, Path path, String found) {
        return Finding.warning(
                        "aot.untrusted",
                        situation.named(path),
                        "%s %s (expected: root or this user alone), so bin/claw does not use it."
                                .formatted(path, found))
                .because("A cache is code that runs. Somebody may have changed it.");
    }

    private static boolean open(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)
                && Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
                        .anyMatch(OTHERS_WRITE::contains);
    }
}
