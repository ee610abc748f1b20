package org.openclaw.gateway.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Pinning;

/**
 * Changes pins one behind the other, so that nobody's {@code If-Match} is true of what another is about to change: what a change has
 * begun shows only a little later, and until then no other may rely on what is shown. Thread-safe.
 */
final class PinTurns {
    /** How many changes of a name are under way. */
    private final Map<String, Integer> underWay = new HashMap<>();

    /** Begins one. */
    @FunctionalInterface
    interface Change {
        CompletionStage<Pinning> begin() throws IOException;
    }

    /** Looks whether the change is meant for what there is, and begins it. The lock is held while that is written, on purpose. */
    synchronized CompletionStage<Pinning> begin(Request request, Deployments folder, String name, Change change)
            throws IOException, Rejection {
        Precondition.require(
                request,
                Optional.of(name)
                        .filter(each -> !underWay.containsKey(each))
                        .flatMap(folder::deployment)
                        .map(deployment -> Response.json(200, DeploymentJson.of(deployment))));
        var begun = change.begin();
        underWay.merge(name, 1, Integer::sum);
        // it may have ended already, on this very thread
        return begun.whenComplete((_, _) -> ended(name));
    }

    private synchronized void ended(String name) {
        underWay.computeIfPresent(name, (_, count) -> count > 1 ? count - 1 : null);
    }
}
