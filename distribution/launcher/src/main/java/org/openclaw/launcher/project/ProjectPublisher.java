package org.openclaw.launcher.project;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.openclaw.deploy.trust.Grants;
import org.openclaw.deploy.trust.PublisherKeys;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;
import org.openclaw.deploy.trust.PublisherNames;
import org.openclaw.deploy.trust.TrustException;
import org.openclaw.launcher.Home;

/**
 * Who signs a new project.
 *
 * @param name the publisher
 * @param home whose {@code conf/} has its keys and trusts it
 */
public record ProjectPublisher(String name, Home home) {
    /** What has become of the publisher. */
    public enum Outcome {
        /** It has been made: keys without a passphrase, trusted with the project's names alone. */
        MADE,
        /** It was there, and may bring the project's bundle and agent type besides, from now on. */
        WIDENED,
        /** It was there, and might do so before. */
        KNOWN,
        /** It is trusted, but its keys are elsewhere. Nothing has changed. */
        KEYLESS,
        /** Its keys are there, but it is trusted no more. Nothing has changed. */
        UNTRUSTED
    }

    /**
     * Sees to it that the publisher can sign the project and is trusted with it.
     *
     * @throws TrustException when the name is none, or the publisher's file is damaged
     * @throws IOException when the home cannot be written
     */
    public Outcome prepare(AgentName agent, InstantSource clock) throws IOException, TrustException {
        boolean keys = Files.isDirectory(home.keys().resolve(name));
        boolean trusted = Files.exists(home.trust().resolve("publishers").resolve(name + ".json"));
        if (keys != trusted) {
            return keys ? Outcome.UNTRUSTED : Outcome.KEYLESS;
        }
        if (keys) {
            var more = new PublisherNames(home.trust(), name).allow(agent.artifact(), agent.value());
            return more ? Outcome.WIDENED : Outcome.KNOWN;
        }
        PublisherKeys.generate(
                name,
                Algorithm.ED25519,
                false,
                Optional.empty(),
                home.keys(),
                home.trust(),
                grants(agent),
                clock,
                new SecureRandom());
        return Outcome.MADE;
    }

    private static Grants grants(AgentName agent) {
        return Grants.inProcess(List.of(agent.artifact()))
                .withAgents(List.of(agent.value()))
                .withCapabilities(List.of(agent.artifact() + ".*"));
    }
}
