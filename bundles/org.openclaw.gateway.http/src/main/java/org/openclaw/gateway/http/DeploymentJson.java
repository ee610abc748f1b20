package org.openclaw.gateway.http;

import java.util.Locale;
import org.openclaw.deploy.Deployment;
import tools.jackson.databind.node.ObjectNode;

/** A deployment as JSON. */
final class DeploymentJson {
    private DeploymentJson() {}

    static ObjectNode of(Deployment deployment) {
        var json = Json.object().put("name", deployment.name());
        Json.putIfPresent(json, "serving", deployment.serving());
        Json.putIfPresent(json, "pinned", deployment.pinned());
        json.put("text", deployment.text());
        var versions = json.putArray("versions");
        for (var candidate : deployment.versions()) {
            var agents = versions.addObject()
                    .put("version", candidate.artifact().version().toString())
                    .put("digest", candidate.artifact().digest().hex())
                    .put("file", candidate.fileName())
                    .put("state", candidate.state().name().toLowerCase(Locale.ROOT))
                    .putArray("agents");
            candidate.agents().forEach(agents::add);
        }
        return json;
    }
}
