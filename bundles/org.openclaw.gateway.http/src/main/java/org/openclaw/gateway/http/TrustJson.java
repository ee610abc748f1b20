package org.openclaw.gateway.http;

import java.util.List;
import java.util.Map;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.RevocationList;
import org.openclaw.deploy.TrustedPublisher;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The trust store as JSON; limits carry the names that they have in a publisher's file. */
final class TrustJson {
    private TrustJson() {}

    static Shape publisher() {
        var anchor = Shape.object()
                .with("subject", Shape.text())
                .with("key", Shape.text())
                .with("notAfter", Shape.time());
        var texts = Shape.list(Shape.text());
        return Shape.object()
                .with("name", Shape.text())
                .with("anchors", Shape.list(anchor))
                .with("bundles", texts)
                .with("agents", texts)
                .with("capabilities", texts)
                .with("require", texts)
                .with("timestamp", Shape.flag())
                .with("crl", Shape.oneOf("required", "if-present"))
                .with("placement", Shape.oneOf("in-process", "worker"))
                .with("mutable", Shape.flag())
                .with("native", Shape.flag())
                .with("system", Shape.flag())
                .with("minVersions", Shape.object().open())
                .maybe("problem", Shape.text())
                .named("Publisher");
    }

    static Shape revocations() {
        var entry = Shape.object()
                .with("kind", Shape.oneOf("file", "key", "bundle"))
                .with("value", Shape.text())
                .maybe("versions", Shape.text());
        return Shape.object().with("serial", Shape.count()).with("entries", Shape.list(entry));
    }

    static ObjectNode of(TrustedPublisher publisher) {
        var json = Json.object().put("name", publisher.name());
        var anchors = json.putArray("anchors");
        publisher
                .anchors()
                .forEach(anchor -> anchors.addObject()
                        .put("subject", anchor.subject())
                        .put("key", anchor.key().hex())
                        .put("notAfter", anchor.notAfter().toString()));
        put(json, publisher.limits());
        Json.putIfPresent(json, "problem", publisher.problem());
        return json;
    }

    private static void put(ObjectNode json, TrustedPublisher.Limits limits) {
        add(json.putArray("bundles"), limits.bundles());
        add(json.putArray("agents"), limits.agents());
        add(json.putArray("capabilities"), limits.capabilities());
        add(json.putArray("require"), limits.require());
        json.put("timestamp", limits.timestamp())
                .put("crl", limits.crlRequired() ? "required" : "if-present")
                .put("placement", limits.inProcess() ? "in-process" : "worker")
                .put("mutable", limits.mutable())
                .put("native", limits.nativeCode())
                .put("system", limits.system());
        var least = json.putObject("minVersions");
        limits.minVersions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> least.put(entry.getKey(), entry.getValue().toString()));
    }

    private static void add(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    static ObjectNode of(RevocationList list) {
        var json = Json.object().put("serial", list.serial());
        var entries = json.putArray("entries");
        list.entries().forEach(entry -> entries.add(of(entry)));
        return json;
    }

    private static ObjectNode of(Revocation revocation) {
        return switch (revocation) {
            case Revocation.File file ->
                Json.object().put("kind", "file").put("value", file.digest().hex());
            case Revocation.Key key ->
                Json.object().put("kind", "key").put("value", key.digest().hex());
            case Revocation.Bundle bundle ->
                Json.object()
                        .put("kind", "bundle")
                        .put("value", bundle.name())
                        .put("versions", bundle.versions().toString());
        };
    }
}
