package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether the folders of the home are there, are folders, and can be written. */
final class HomeCheck implements Check {
    @Override
    public String area() {
        return "home";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var home = situation.home();
        var summary = home.folder().toString();
        if (!Files.exists(home.folder(), LinkOption.NOFOLLOW_LINKS)) {
            return Examination.of(
                    summary,
                    Finding.error("home.missing", home.folder(), "There is no folder " + home.folder() + ".")
                            .because("There is nothing to look at.")
                            .cure(
                                    "Name another with --home, or let a first start make it.",
                                    situation.shell().claw("run")));
        }
        var folders = Stream.of(
                        home.folder(), home.conf(), home.trust(), home.keys(), home.data(), home.deploy(), home.logs())
                .filter(folder -> Files.exists(folder, LinkOption.NOFOLLOW_LINKS))
                .toList();
        var findings = new ArrayList<Finding>();
        for (var folder : folders) {
            if (!Files.isDirectory(folder)) {
                findings.add(blocked(situation, folder));
            } else if (!situation.machine().writable(folder)) {
                findings.add(unwritable(situation, folder));
            }
        }
        findings.addAll(links(situation));
        if (findings.isEmpty() && !Files.exists(home.adminToken())) {
            findings.add(Finding.hint("home.fresh", home.folder(), "No container has been started on this home yet.")
                    .because("The first start makes its folders and tokens.")
                    .cure("Start it.", situation.shell().claw("run")));
        }
        return new Examination(summary, findings);
    }

    private static Finding blocked(Situation situation, Path path) {
        return Finding.error("home.blocked", situation.named(path), path + " is a file (expected: a folder).")
                .because("The container does not start.")
                .cure("Move it away.", Shell.command("mv", "-n", "--", path, free(path)));
    }

    private static Path free(Path path) {
        var candidate = path.resolveSibling(path.getFileName() + ".away");
        for (int i = 2; Files.exists(candidate, LinkOption.NOFOLLOW_LINKS); i++) {
            candidate = path.resolveSibling(path.getFileName() + ".away" + i);
        }
        return candidate;
    }

    private static Finding unwritable(Situation situation, Path folder) throws IOException {
        return Finding.error(
                        "home.unwritable",
                        situation.named(folder),
                        "This user may not write %s, which belongs to %s.".formatted(folder, Files.getOwner(folder)))
                .because("The container does not start, or keeps nothing.")
                .cure(
                        "Run claw as that user, or make it yours.",
                        "sudo chown -R \"$(id -un)\" -- " + Shell.quoted(folder));
    }

    private static List<Finding> links(Situation situation) throws IOException {
        var data = situation.home().data();
        var findings = new ArrayList<Finding>();
        if (Files.isDirectory(data) && Files.isReadable(data)) {
            try (var links = Files.newDirectoryStream(data, Files::isSymbolicLink)) {
                for (var link : links) {
                    findings.add(Finding.error(
                                    "data.link",
                                    situation.named(link),
                                    link + " is a link (expected: a folder or file of the container's own).")
                            .because(
                                    "What is written through it would be somewhere else; the container does not start.")
                            .cure("Remove it and look who may write into data/.", Shell.command("rm", "--", link)));
                }
            }
        }
        return findings;
    }
}
