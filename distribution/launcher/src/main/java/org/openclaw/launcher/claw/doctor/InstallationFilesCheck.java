package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.DigestList;
import org.openclaw.deploy.trust.TrustStore;
import org.openclaw.launcher.Feature;
import org.openclaw.launcher.FeatureBundle;
import org.openclaw.launcher.LaunchException;
import org.openclaw.launcher.Release;

/** Whether the binaries are those that were released, and all of them. */
final class InstallationFilesCheck implements Check {
    private static final String WHY = "The container does not start from files that nobody has signed.";

    @Override
    public String area() {
        return "installation";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var installation = situation.installation();
        var summary = Release.version() + " in " + installation.folder();
        if (!installation.complete()) {
            return Examination.of(
                    summary,
                    Finding.error(
                                    "installation.incomplete",
                                    installation.folder(),
                                    "The installation lacks bundles/ or features/.")
                            .because("The container is made of what lies there.")
                            .cure("Unpack the distribution again."));
        }
        situation.progress().at("installation: hashing its files");
        var wrong = DigestList.check(
                installation.folder(),
                installation.digests(),
                TrustStore.load(situation.home().trust()),
                situation.now());
        return wrong.isPresent()
                ? Examination.of(summary, changed(situation, wrong.get()))
                : Examination.of(summary + ", as released", missing(situation).stream());
    }

    private static Finding changed(Situation situation, Verdict.Refused wrong) {
        boolean file = wrong.code().startsWith("file.") || wrong.code().startsWith("list.m");
        var expected = wrong.expected().isEmpty() ? "" : " (expected: " + wrong.expected() + ")";
        var finding = Finding.error(
                        file ? "installation.changed" : "installation.untrusted",
                        situation.installation().folder(),
                        "Refused %s: %s%s.".formatted(wrong.subject(), wrong.reason(), expected))
                .because(WHY);
        return wrong.code().equals("list.publisher")
                ? untrusted(situation, finding.cure(wrong.cure()))
                : finding.cure(wrong.cure());
    }

    /** The home may have lost the publisher that signed the installation, or have that of an earlier one. */
    private static Finding untrusted(Situation situation, Finding finding) {
        var publishers = situation.publishersOfTheInstallation();
        if (publishers.isEmpty()) {
            return finding;
        }
        var folder = situation.home().trust().resolve("publishers");
        boolean replacing = publishers.stream().allMatch(file -> Files.exists(folder.resolve(file.getFileName())));
        return finding.cure(
                replacing
                        ? "If it is the one that you unpacked, trust its publishers in place of those of the same names."
                        : "If it is the one that you unpacked, trust its publishers again.",
                Shell.copyPublishers(situation.installation(), situation.home(), replacing));
    }

    /** What a feature names and nobody put there; a feature that cannot be read is for the configuration's check. */
    private static List<Finding> missing(Situation situation) throws IOException {
        var installation = situation.installation();
        var findings = new ArrayList<Finding>();
        try {
            for (var feature : Feature.readAll(installation.features())) {
                feature.bundles().stream()
                        .filter(bundle -> !bundle.deployed())
                        .map(FeatureBundle::fileName)
                        .filter(name ->
                                !Files.isRegularFile(installation.bundles().resolve(name)))
                        .forEach(name -> findings.add(Finding.error(
                                        "installation.incomplete",
                                        installation.bundles().resolve(name),
                                        "The feature '" + feature.name() + "' names bundles/" + name
                                                + ", which is not there.")
                                .because("The container does not start with this feature.")
                                .cure("Unpack the distribution again.")));
            }
        } catch (LaunchException unreadable) {
            findings.add(Finding.error("installation.changed", installation.features(), unreadable.found())
                    .because(WHY)
                    .cure("Unpack the distribution again."));
        }
        return findings;
    }
}
