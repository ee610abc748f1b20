package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether only the owner reads what is secret, and writes what decides on trust. A group that is called as the owner is his
 * own: many systems give one to each user, and let it write.
 */
final class FileModesCheck implements Check {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> ALL_BUT_OWNER = PosixFilePermissions.fromString("---rwxrwx");
    private static final Set<PosixFilePermission> GROUP_WRITE = EnumSet.of(PosixFilePermission.GROUP_WRITE);
    private static final Set<PosixFilePermission> OTHERS_WRITE = EnumSet.of(PosixFilePermission.OTHERS_WRITE);

    @Override
    public String area() {
        return "file modes";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var home = situation.home();
        if (!Files.isDirectory(home.folder())) {
            return Examination.of("no home");
        }
        var store = Files.getFileStore(home.folder());
        if (!store.supportsFileAttributeView(PosixFileAttributeView.class)) {
            return Examination.of("not kept by this file system");
        }
        var findings = new ArrayList<Finding>();
        secret(situation, home.adminToken(), ALL_BUT_OWNER, "Whoever reads it may do everything.")
                .ifPresent(findings::add);
        secret(
                        situation,
                        home.readerToken(),
                        OTHERS,
                        "Whoever reads it sees every message's state; whoever writes it, too.")
                .ifPresent(findings::add);
        keys(situation).ifPresent(findings::add);
        secret(
                        situation,
                        home.data(),
                        mayClose(home.data()) ? ALL_BUT_OWNER : OTHERS,
                        "States of agents lie there, and what the container takes up again at its next start.")
                .ifPresent(findings::add);
        for (var folder : trusted(situation)) {
            writable(situation, folder).ifPresent(findings::add);
        }
        return Examination.of(
                findings.isEmpty() ? "secrets are the owner's alone, as is what decides on trust" : "open to others",
                findings.stream());
    }

    /** A volume may belong to somebody else and be ours by its group: who enters it is decided where it is mounted. */
    private static boolean mayClose(Path folder) throws IOException {
        var user = System.getProperty("user.name", "");
        return user.equals("root")
                || !Files.exists(folder)
                || Files.getOwner(folder).getName().equals(user);
    }

    private static Optional<Finding> secret(
            Situation situation, Path path, Set<PosixFilePermission> forbidden, String why) throws IOException {
        if (!Files.exists(path) || Files.getPosixFilePermissions(path).stream().noneMatch(forbidden::contains)) {
            return Optional.empty();
        }
        var wanted = Files.isDirectory(path) ? "700" : "600";
        return Optional.of(open(situation, path)
                .because(why)
                .cure("Close it to others.", Shell.command("chmod", wanted, "--", path)));
    }

    private static Finding open(Situation situation, Path path) throws IOException {
        return Finding.error(
                "file.readable",
                situation.named(path),
                "%s is open to others: mode %s (expected: its owner's alone)."
                        .formatted(path, PosixFilePermissions.toString(Files.getPosixFilePermissions(path))));
    }

    private static Optional<Finding> keys(Situation situation) throws IOException {
        var keys = situation.home().keys();
        for (var file : below(keys)) {
            boolean secret = file.equals(keys) || file.toString().endsWith(".key.pem");
            if (secret && Files.getPosixFilePermissions(file).stream().anyMatch(ALL_BUT_OWNER::contains)) {
                return Optional.of(open(situation, file)
                        .because("Whoever reads a key can sign bundles that run here.")
                        .cure(
                                "Close it to others. If somebody may have read it, revoke it: 'claw revoke key'.",
                                Shell.command("chmod", "-R", "go-rwx", "--", keys)));
            }
        }
        return Optional.empty();
    }

    /** Where something decides on what runs. */
    private static List<Path> trusted(Situation situation) {
        var folders = new ArrayList<Path>();
        folders.add(situation.home().conf());
        folders.addAll(situation.installation().checkedFolders());
        return folders;
    }

    private static Optional<Finding> writable(Situation situation, Path folder) throws IOException {
        for (var path : below(folder)) {
            var attributes = Files.readAttributes(path, PosixFileAttributes.class);
            boolean ownGroup =
                    attributes.group().getName().equals(attributes.owner().getName());
            var mode = attributes.permissions();
            if (mode.stream().anyMatch(OTHERS_WRITE::contains)
                    || (!ownGroup && mode.stream().anyMatch(GROUP_WRITE::contains))) {
                return Optional.of(Finding.error(
                                "file.writable",
                                situation.named(path),
                                "Others may write %s: mode %s (expected: its owner alone)."
                                        .formatted(path, PosixFilePermissions.toString(mode)))
                        .because("Whoever writes there decides what the container runs.")
                        .cure(
                                "Close it to others, and look whether it is still what it was.",
                                Shell.command("chmod", "-R", "go-w", "--", folder)));
            }
        }
        return Optional.empty();
    }

    private static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> !Files.isSymbolicLink(file)).toList();
        }
    }
}
