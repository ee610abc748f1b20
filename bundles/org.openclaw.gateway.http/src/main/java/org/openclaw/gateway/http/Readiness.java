package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployments;

/**
 * Whether this server can do its work: every part is there, and the files that lay in the drop folder at the start have
 * their verdicts. Files that arrive later do not make it unready. Thread-safe.
 */
final class Readiness {
    private final List<Part<?>> parts;
    private final Part<Deployments> deployments;
    private final AtomicBoolean scanned = new AtomicBoolean();

    Readiness(List<Part<?>> parts, Part<Deployments> deployments) {
        this.parts = List.copyOf(parts);
        this.deployments = deployments;
    }

    Response response() {
        var missing = missing();
        var json = Json.object();
        if (missing.isEmpty()) {
            return Response.json(200, json.put("status", "ready"));
        }
        var array = json.put("status", "starting").putArray("missing");
        missing.forEach(array::add);
        return Response.json(503, json).with("Retry-After", "1");
    }

    private List<String> missing() {
        var missing = new ArrayList<String>();
        for (var part : parts) {
            if (!part.isThere()) {
                missing.add(part.name());
            }
        }
        var folder = deployments.service().get();
        if (folder.isEmpty()) {
            missing.add(deployments.name());
        } else if (!scanned.get()) {
            var arriving = folder.get().files().stream()
                    .filter(file -> file.state() == DeployedFile.State.ARRIVING)
                    .map(file -> "the verdict on " + file.fileName())
                    .toList();
            missing.addAll(arriving);
            scanned.set(arriving.isEmpty());
        }
        return missing;
    }
}
