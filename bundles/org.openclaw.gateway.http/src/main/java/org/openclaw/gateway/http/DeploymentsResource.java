package org.openclaw.gateway.http;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Pinning;
import org.openclaw.security.Role;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/deployments}: what serves under each symbolic name; pins a name to a version and lets it go. */
final class DeploymentsResource {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentsResource.class);
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String EXPECTED = "{\"version\": \"1.2.0\"}";

    private static final Listing LISTING = new Listing("deployments");

    private final Part<Deployments> deployments;
    private final SmallBody body;
    private final PinTurns turns = new PinTurns();

    DeploymentsResource(Part<Deployments> deployments, Json json, BoundedInput.Limit limit, InstantSource clock) {
        this.deployments = deployments;
        this.body = new SmallBody(json, limit, clock);
    }

    Route list() {
        return Route.of("/v1/deployments")
                .get(
                        Operation.of("listDeployments", "What serves under each symbolic name", Role.READER)
                                .with(Listing.AFTER, Listing.WIDE)
                                .gives(200, LISTING.reply(DeploymentJson.shape())),
                        this::all);
    }

    Route one() {
        return Route.of("/v1/deployments/{name}")
                .get(
                        Operation.of("getDeployment", "What serves under one symbolic name", Role.READER)
                                .gives(200, "It.", DeploymentJson.shape())
                                .refuses(404),
                        this::show);
    }

    Route pin() {
        return Route.of("/v1/deployments/{name}/pin")
                .on(
                        "PUT",
                        changes("pin", "Keeps a version serving, back or forward")
                                .takes(Shape.object().with("version", Shape.text())),
                        this::pin)
                .on("DELETE", changes("unpin", "Lets the newest version serve again"), this::unpin);
    }

    private static Operation changes(String id, String summary) {
        return Operation.of(id, summary, Role.OPERATOR)
                .with(Prefer.PARAMETER, Precondition.PARAMETER)
                .gives(200, "What should serve does.", DeploymentJson.shape())
                .gives(202, "It is written down; what should serve does not yet.", DeploymentJson.changing())
                .refuses(404, 412, 422);
    }

    private Answer all(Call call) throws Rejection {
        var page = LISTING.of(call, deployments.now().deployments(), Deployment::name);
        return LISTING.answer(call, page, DeploymentJson::of);
    }

    private Answer show(Call call) throws Rejection {
        var name = call.variable("name");
        var deployment = deployments
                .now()
                .deployment(name)
                .orElseThrow(() -> unknown(new Pinning.UnknownDeployment(name)).rejection());
        return Answer.of(Response.json(200, DeploymentJson.of(deployment)));
    }

    private Answer pin(Call call) throws Rejection {
        var name = call.variable("name");
        var version = version(call);
        var folder = deployments.now();
        return changing(call, name, folder, () -> {
            LOG.info("'{}' pins {} to {}", call.subject().name(), UrlText.header(name), version);
            return folder.pin(name, version);
        });
    }

    private Version version(Call call) throws Rejection {
        var text = body.texts(call.request(), Set.of("version"), EXPECTED).get("version");
        try {
            if (text != null) {
                return new Version(text);
            }
        } catch (IllegalArgumentException malformed) {
            // said below, in the same words
        }
        throw Problem.of(
                        400,
                        "version.invalid",
                        "'version' is missing or no version (expected: " + EXPECTED
                                + "; GET /v1/deployments lists the versions).")
                .rejection();
    }

    private Answer unpin(Call call) throws Rejection {
        var name = call.variable("name");
        var folder = deployments.now();
        return changing(call, name, folder, () -> {
            LOG.info("'{}' unpins {}", call.subject().name(), UrlText.header(name));
            return folder.unpin(name);
        });
    }

    private Answer changing(Call call, String name, Deployments folder, PinTurns.Change change) throws Rejection {
        try {
            var pinning = turns.begin(call.request(), folder, name, change);
            return new Answer.Later(
                    pinning.handle((done, failure) -> answer(done, failure, name, folder)),
                    Prefer.waiting(call.request()).orElse(WAIT),
                    underWay(name, folder));
        } catch (IOException failed) {
            throw BundlesResource.unwritable(failed).rejection();
        }
    }

    private static Response answer(
            @Nullable Pinning pinning, @Nullable Throwable failure, String name, Deployments folder) {
        return switch (pinning) {
            case null -> {
                LOG.warn("Waiting for what serves as {} failed", UrlText.header(name), failure);
                yield underWay(name, folder);
            }
            case Pinning.Done(Deployment deployment) ->
                Response.json(deployment.isAsWanted() ? 200 : 202, DeploymentJson.of(deployment));
            case Pinning.UnknownDeployment unknown -> unknown(unknown).response();
            case Pinning.UnknownVersion unknown -> {
                var problem = Problem.of(422, "version.unknown", unknown.text());
                var versions = problem.more().putArray("versions");
                unknown.known().forEach(version -> versions.add(version.toString()));
                yield problem.response();
            }
            case Pinning.Unreadable unreadable ->
                Problem.of(422, unreadable.refusal().code(), unreadable.text()).response();
        };
    }

    /** The pins are written, but what should serve does not yet. */
    private static Response underWay(String name, Deployments folder) {
        var json = folder.deployment(name)
                .map(DeploymentJson::of)
                .orElseGet(() -> Json.object().put("name", name));
        return Response.json(202, json);
    }

    private static Problem unknown(Pinning.UnknownDeployment unknown) {
        return Problem.of(404, "deployment.unknown", unknown.text());
    }
}
