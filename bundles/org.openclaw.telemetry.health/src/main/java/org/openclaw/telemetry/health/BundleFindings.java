package org.openclaw.telemetry.health;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Verdict;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.NodeStatus.BundleCounts;
import org.openclaw.telemetry.Severity;
import org.osgi.framework.Version;

/** What there is to say about the files in the drop folder. */
final class BundleFindings {
    private BundleFindings() {}

    static BundleCounts counts(List<DeployedFile> files) {
        return new BundleCounts(
                count(files, State.SERVING),
                count(files, State.SUPERSEDED),
                count(files, State.REFUSED),
                count(files, State.ARRIVING),
                files.stream().filter(file -> !flags(file).isEmpty()).count());
    }

    private static long count(List<DeployedFile> files, State state) {
        return files.stream().filter(file -> file.state() == state).count();
    }

    static List<Finding> of(List<DeployedFile> files) {
        return files.stream()
                .flatMap(file -> (file.state() == State.REFUSED ? Optional.of(refused(file)) : flagged(file)).stream())
                .toList();
    }

    private static Finding refused(DeployedFile file) {
        var serving = file.serving();
        return new Finding(
                "bundle.refused",
                serving.isPresent() ? Severity.WARNING : Severity.ERROR,
                file.fileName(),
                file.verdict()
                        .map(verdict -> verdict instanceof Verdict.Refused refused ? sentence(refused) : verdict.text())
                        .orElse("Refused " + file.fileName() + "."),
                serving.map(artifact -> "It does not run; " + artifact + " from an earlier file of that name serves.")
                        .orElse("It does not run, and nothing serves in its place."),
                file.verdict()
                        .map(verdict -> verdict instanceof Verdict.Refused refused ? refused.cure() : "")
                        .filter(cure -> !cure.isEmpty())
                        .orElse("'claw bundles' and the log say more."));
    }

    /** The verdict without its cure, which stands beside it. */
    private static String sentence(Verdict.Refused refused) {
        var expected = refused.expected().isEmpty() ? "" : " (expected: " + refused.expected() + ")";
        return "Refused " + refused.subject() + ": " + refused.reason() + expected + ". [" + refused.code() + "]";
    }

    private static Optional<Finding> flagged(DeployedFile file) {
        var flags = flags(file);
        if (flags.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "bundle.flagged",
                Severity.WARNING,
                file.fileName(),
                file.fileName() + " runs, but would be refused if it came today. ["
                        + flags.stream().map(Verdict.Flag::code).collect(Collectors.joining(", ")) + "]",
                "It goes on until its file changes; a new version of it that is signed in the same way is refused.",
                flags.stream().map(Verdict.Flag::text).collect(Collectors.joining(" "))));
    }

    /** The bundles that do not serve the version that they are pinned to. */
    static List<Finding> ofPins(List<Deployment> deployments) {
        return deployments.stream()
                .flatMap(deployment -> deployment.pinned().stream()
                        .filter(_ -> !deployment.isAsWanted())
                        .map(pinned -> unfulfilled(deployment, pinned)))
                .toList();
    }

    private static Finding unfulfilled(Deployment deployment, Version pinned) {
        var serving = deployment.serving();
        return new Finding(
                "bundle.pin",
                serving.isPresent() ? Severity.WARNING : Severity.ERROR,
                deployment.name(),
                deployment.name() + " is pinned to " + pinned + ", but "
                        + serving.map(version -> version + " serves.").orElse("nothing of it serves."),
                deployment.text(),
                deployment.has(pinned)
                        ? "'claw bundles' says why " + pinned + " does not come up; or 'claw unpin " + deployment.name()
                                + "'."
                        : "Deploy " + pinned + " with 'claw deploy', or 'claw unpin " + deployment.name() + "'.");
    }

    private static List<Verdict.Flag> flags(DeployedFile file) {
        boolean runs = file.state() == State.SERVING || file.state() == State.SUPERSEDED;
        return runs && file.verdict().orElse(null) instanceof Verdict.Trusted trusted ? trusted.flags() : List.of();
    }
}
