package org.openclaw.launcher.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.openclaw.deploy.trust.Grants;
import org.openclaw.deploy.trust.PublisherKeys;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;
import org.openclaw.deploy.trust.TrustException;
import org.openclaw.deploy.trust.TrustFolder;

/**
 * The publisher that a build signs as. Its key is made on the spot, stays in the build's output, and is trusted by that
 * build's installation alone.
 *
 * @param folder where its key lives
 */
record DevelopmentPublisher(Path folder) {
    private static final String NAME = "development";

    /** Makes the key when it is missing, and writes the publisher into a trust store. */
    PublisherKeys trustedBy(Path trust) throws IOException, TrustException {
        var grants =
                Grants.inProcess(List.of("org.openclaw.*")).withMutable(true).withSystem(true);
        if (!Files.isDirectory(folder.resolve(NAME))) {
            return PublisherKeys.generate(
                    NAME,
                    Algorithm.ED25519,
                    false,
                    Optional.empty(),
                    folder,
                    trust,
                    grants,
                    Clock.systemUTC(),
                    new SecureRandom());
        }
        var keys = PublisherKeys.load(folder.resolve(NAME), Optional.empty());
        var anchors = keys.keys().stream().map(key -> key.chain().getLast()).toList();
        new TrustFolder(trust).add(NAME, anchors, grants);
        return keys;
    }
}
