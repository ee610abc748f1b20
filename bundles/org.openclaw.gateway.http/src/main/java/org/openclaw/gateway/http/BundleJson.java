package org.openclaw.gateway.http;

import java.util.Locale;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Verdict;
import tools.jackson.databind.node.ObjectNode;

/** A file of the drop folder and its verdict as JSON. */
final class BundleJson {
    private BundleJson() {}

    static Shape shape() {
        var artifact = Shape.object()
                .with("name", Shape.text())
                .with("version", Shape.text())
                .with("digest", Shape.text());
        var signer = Shape.object()
                .with("algorithm", Shape.text())
                .with("signer", Shape.text())
                .with("key", Shape.text())
                .with("notAfter", Shape.time());
        return Shape.object()
                .with("file", Shape.text())
                .with("state", Shape.oneOf(DeployedFile.State.values()))
                .with("text", Shape.text())
                .maybe("code", Shape.text().saying("Why it was refused."))
                .maybe("reason", Shape.text())
                .maybe("expected", Shape.text())
                .maybe("cure", Shape.text())
                .maybe("name", Shape.text())
                .maybe("version", Shape.text())
                .maybe("digest", Shape.text())
                .maybe("publisher", Shape.text())
                .maybe("agents", Shape.list(Shape.text()))
                .maybe("signers", Shape.list(signer))
                .maybe("flags", Shape.list(flag()))
                .maybe("serving", artifact)
                .maybe("note", Shape.text())
                .with("since", Shape.time())
                .with("tookMillis", Shape.count())
                .named("Bundle");
    }

    /** Something that an operator should know of. */
    static Shape flag() {
        return Shape.object().with("code", Shape.text()).with("text", Shape.text());
    }

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
