package org.openclaw.gateway.http;

import java.util.Locale;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Verdict;
import tools.jackson.databind.node.ObjectNode;

/** A file of the drop folder and its verdict as JSON. */
final class BundleJson {
    private BundleJson() {}

    static ObjectNode of(DeployedFile file) {
        var json = Json.object()
                .put("file", file.fileName())
                .put("state", file.state().name().toLowerCase(Locale.ROOT))
                .put("text", file.text());
        file.verdict().ifPresent(verdict -> put(json, verdict));
        file.serving().ifPresent(artifact -> put(json.putObject("serving"), artifact));
        Json.putIfPresent(json, "note", file.note());
        return json.put("since", file.since().toString())
                .put("tookMillis", file.took().toMillis());
    }

    static void put(ObjectNode json, Verdict verdict) {
        switch (verdict) {
            case Verdict.Refused refused -> {
                json.put("code", refused.code())
                        .put("reason", refused.reason())
                        .put("expected", refused.expected())
                        .put("cure", refused.cure());
                Json.putIfPresent(json, "digest", refused.digest());
            }
            case Verdict.Trusted trusted -> {
                put(json, trusted.artifact());
                json.put("publisher", trusted.publisher());
                var agents = json.putArray("agents");
                trusted.agents().forEach(agents::add);
                var signers = json.putArray("signers");
                trusted.signatures()
                        .forEach(signature -> signers.addObject()
                                .put("algorithm", signature.algorithm())
                                .put("signer", signature.signer())
                                .put("key", signature.key().hex())
                                .put("notAfter", signature.notAfter().toString()));
                var flags = json.putArray("flags");
                trusted.flags()
                        .forEach(flag ->
                                flags.addObject().put("code", flag.code()).put("text", flag.text()));
            }
        }
    }

    private static void put(ObjectNode json, Artifact artifact) {
        json.put("name", artifact.name())
                .put("version", artifact.version().toString())
                .put("digest", artifact.digest().hex());
    }
}
