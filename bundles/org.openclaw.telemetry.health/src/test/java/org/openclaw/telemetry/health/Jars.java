package org.openclaw.telemetry.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Version;

/** Files of a drop folder. */
final class Jars {
    private static final Artifact ARTIFACT =
            new Artifact("acme.bot", Version.parseVersion("1.2.0"), new Digest("a".repeat(64)), 1_000);

    private Jars() {}

    static DeployedFile of(DeployedFile.State state, Optional<Verdict> verdict, Optional<Artifact> serving) {
        return new DeployedFile("bot.jar", state, verdict, serving, TestNode.START, Duration.ZERO);
    }

    static Deployment.Candidate candidate(String version) {
        var artifact = new Artifact("acme.bot", Version.parseVersion(version), ARTIFACT.digest(), 1_000);
        return new Deployment.Candidate(artifact, "bot.jar", DeployedFile.State.SERVING, List.of("bot"));
    }

    static DeployedFile arriving() {
        return of(DeployedFile.State.ARRIVING, Optional.empty(), Optional.empty());
    }

    static DeployedFile trusted(DeployedFile.State state, Verdict.Flag... flags) {
        var trusted = new Verdict.Trusted("bot.jar", ARTIFACT, "acme", List.of(), List.of("bot"), List.of(flags));
        return of(state, Optional.of(trusted), Optional.of(ARTIFACT));
    }

    static DeployedFile refused(boolean anotherServes) {
        var refused = new Verdict.Refused(
                "bot.jar", Optional.empty(), "signature.missing", "it is not signed", "a signature", "Sign it.");
        return of(
                DeployedFile.State.REFUSED,
                Optional.of(refused),
                anotherServes ? Optional.of(ARTIFACT) : Optional.empty());
    }
}
