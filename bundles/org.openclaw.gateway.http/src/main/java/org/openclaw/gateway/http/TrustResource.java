package org.openclaw.gateway.http;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.Trust;
import org.openclaw.security.Role;
import org.osgi.framework.VersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/trust}: whose bundles may run, and what is revoked; revokes. */
final class TrustResource {
    private static final Logger LOG = LoggerFactory.getLogger(TrustResource.class);
    private static final String FILE = "file";
    private static final String KEY = "key";
    private static final String BUNDLE = "bundle";
    private static final String VERSIONS = "versions";
    private static final String EXPECTED =
            "{\"file\": \"<sha256>\"}, {\"key\": \"<sha256>\"} or {\"bundle\": \"acme.bot\", \"versions\": \"[1.0,2.0)\"},"
                    + " where all versions are meant without 'versions'";

    private final Part<Trust> trust;
    private final SmallBody body;

    TrustResource(Part<Trust> trust, Json json, BoundedInput.Limit limit, InstantSource clock) {
        this.trust = trust;
        this.body = new SmallBody(json, limit, clock);
    }

    Route store() {
        return Route.of("/v1/trust")
                .get(
                        Operation.of("getTrust", "Whose bundles may run, and what is revoked", Role.READER)
                                .gives(
                                        200,
                                        "The trust store.",
                                        Shape.object()
                                                .with("publishers", Shape.list(TrustJson.publisher()))
                                                .with("revoked", TrustJson.revocations())
                                                .with("problems", Shape.list(BundleJson.flag()))),
                        this::show);
    }

    Route revocations() {
        return Route.of("/v1/trust/revocations")
                .on(
                        "POST",
                        Operation.of(
                                        "revoke",
                                        "Revokes a file, a signer's key or versions of a bundle, for good",
                                        Role.ADMIN)
                                .takes(Shape.object()
                                        .maybe(FILE, Shape.text().saying("The SHA-256 of a file."))
                                        .maybe(KEY, Shape.text().saying("The SHA-256 of a public key."))
                                        .maybe(BUNDLE, Shape.text().saying("A symbolic name."))
                                        .maybe(VERSIONS, Shape.text().saying("A range, such as [1.0,2.0).")))
                                .gives(
                                        200,
                                        "It is revoked.",
                                        Shape.object()
                                                .with("revoked", Shape.text())
                                                .with("added", Shape.flag())
                                                .with("serial", Shape.count()))
                                .refuses(422),
                        this::revoke);
    }

    private Answer show(Call call) throws Rejection {
        var store = trust.now();
        var json = Json.object();
        var publishers = json.putArray("publishers");
        store.publishers().forEach(publisher -> publishers.add(TrustJson.of(publisher)));
        json.set("revoked", TrustJson.of(store.revocations()));
        var problems = json.putArray("problems");
        store.problems()
                .forEach(problem ->
                        problems.addObject().put("code", problem.code()).put("text", problem.text()));
        return Answer.of(Response.json(200, json));
    }

    private Answer revoke(Call call) throws Rejection {
        var what = revocation(body.texts(call.request(), Set.of(FILE, KEY, BUNDLE, VERSIONS), EXPECTED));
        LOG.info("'{}' revokes {}", call.subject().name(), what.text());
        try {
            return Answer.of(
                    switch (trust.now().revoke(what)) {
                        case Trust.Outcome.Revoked revoked ->
                            Response.json(
                                    200,
                                    Json.object()
                                            .put("revoked", revoked.what().text())
                                            .put("added", revoked.added())
                                            .put("serial", revoked.serial()));
                        case Trust.Outcome.Refused refused ->
                            Problem.of(422, refused.code(), refused.text()).response();
                    });
        } catch (IOException failed) {
            LOG.warn("The trust store could not be changed", failed);
            throw Problem.of(
                            503,
                            "trust.failed",
                            "The trust store could not be changed; nothing is revoked. The log says why.")
                    .retryAfter(Duration.ofSeconds(5))
                    .rejection();
        }
    }

    private static Revocation revocation(Map<String, String> texts) throws Rejection {
        var kinds =
                texts.keySet().stream().filter(name -> !name.equals(VERSIONS)).toList();
        if (kinds.size() != 1 || (texts.containsKey(VERSIONS) && !kinds.contains(BUNDLE))) {
            throw invalid("it does not name one thing");
        }
        var value = texts.getOrDefault(kinds.getFirst(), "");
        try {
            return switch (kinds.getFirst()) {
                case FILE -> new Revocation.File(digest(value));
                case KEY -> new Revocation.Key(digest(value));
                default -> new Revocation.Bundle(value, versions(texts));
            };
        } catch (IllegalArgumentException malformed) {
            throw invalid("the digest, the name or the range is none");
        }
    }

    private static Digest digest(String hex) {
        return new Digest(hex.toLowerCase(Locale.ROOT));
    }

    private static VersionRange versions(Map<String, String> texts) {
        var versions = texts.get(VERSIONS);
        return versions == null ? Revocation.Bundle.EVERY_VERSION : new VersionRange(versions);
    }

    private static Rejection invalid(String why) {
        return Problem.of(
                        400,
                        "revocation.invalid",
                        "The body does not say what to revoke: " + why + " (expected: " + EXPECTED + ").")
                .rejection();
    }
}
