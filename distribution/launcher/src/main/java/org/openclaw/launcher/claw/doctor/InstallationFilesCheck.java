package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.openclaw.launcher.Feature;
import org.openclaw.launcher.FeatureBundle;
import org.openclaw.launcher.InstallationCheck;
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
        try {
            new InstallationCheck(installation, situation.home().trust(), InstantSource.fixed(situation.now())).run();
            return Examination.of(summary + ", as released", missing(situation).stream());
        } catch (LaunchException changed) {
            boolean file = changed.code().startsWith("file.") || changed.code().startsWith("list.m");
            return Examination.of(
                    summary,
                    Finding.error(
                                    file ? "installation.changed" : "installation.untrusted",
                                    installation.folder(),
                                    changed.found())
                            .because(WHY)
                            .cure(changed.cure()));
        }
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
