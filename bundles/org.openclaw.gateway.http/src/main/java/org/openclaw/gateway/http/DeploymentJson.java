package org.openclaw.gateway.http;

import java.util.Locale;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployment;
import tools.jackson.databind.node.ObjectNode;

/** A deployment as JSON. */
final class DeploymentJson {
    private DeploymentJson() {}

    static Shape shape() {
        return whole().named("Deployment");
    }

    /** While it changes, there may be nothing of it but its name. */
    static Shape changing() {
        return Shape.object()
                .with("name", Shape.text())
                .maybe("serving", Shape.text())
                .maybe("pinned", Shape.text())
                .maybe("text", Shape.text())
                .maybe("versions", Shape.list(version()));
    }

    private static Shape whole() {
        return Shape.object()
                .with("name", Shape.text())
                .maybe("serving", Shape.text())
                .maybe("pinned", Shape.text())
                .with("text", Shape.text())
                .with("versions", Shape.list(version()));
    }

    private static Shape version() {
        return Shape.object()
                .with("version", Shape.text())
                .with("digest", Shape.text())
                .with("file", Shape.text())
                .with("state", Shape.oneOf(DeployedFile.State.values()))
                .with("agents", Shape.list(Shape.text()));
    }

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
