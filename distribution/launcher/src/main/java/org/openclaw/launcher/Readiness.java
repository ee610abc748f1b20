package org.openclaw.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployments;
import org.osgi.framework.BundleContext;

/** Whether the container takes work: whether the drop folder has settled and, with a gateway, what {@code /readyz} says. */
final class Readiness {
    private static final int TIMEOUT_MILLIS = 2000;

    private Readiness() {}

    /** Why it is not ready, for people; empty when it is. */
    static Optional<String> missing(URI server) {
        try {
            var url = server.resolve("/readyz").toURL();
            var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            var status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                return Optional.empty();
            }
            try (var body = connection.getErrorStream()) {
                return Optional.of(
                        "%s answers %d %s".formatted(url, status, text(body)).strip());
            }
        } catch (IOException unreachable) {
            return Optional.of(server + "/readyz: " + unreachable.getMessage());
        }
    }

    static Optional<String> missing(BundleContext context) {
        var reference = context.getServiceReference(Deployments.class);
        if (reference == null) {
            return Optional.of("the drop folder is not watched yet");
        }
        var deployments = context.getService(reference);
        try {
            var arriving = deployments.files().stream()
                    .filter(file -> file.state() == DeployedFile.State.ARRIVING)
                    .map(DeployedFile::fileName)
                    .toList();
            return arriving.isEmpty() ? Optional.empty() : Optional.of("still arriving: " + arriving);
        } finally {
            context.ungetService(reference);
        }
    }

    private static String text(@Nullable InputStream body) throws IOException {
        return body == null ? "" : new String(body.readNBytes(2000), StandardCharsets.UTF_8);
    }
}
