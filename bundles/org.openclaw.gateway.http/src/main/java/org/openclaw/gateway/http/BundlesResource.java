package org.openclaw.gateway.http;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployments;
import org.openclaw.deploy.Verdict;
import org.openclaw.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/bundles}: the files of the drop folder with their verdicts; puts files there and takes them away. */
final class BundlesResource {
    private static final Logger LOG = LoggerFactory.getLogger(BundlesResource.class);
    private static final Pattern NAME = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,250}\\.jar");
    private static final Set<String> JAR =
            Set.of("", "application/java-archive", "application/x-java-archive", "application/octet-stream");
    private static final Duration WAIT = Duration.ofSeconds(60);

    private static final Listing LISTING = new Listing("bundles");

    private final Part<Deployments> deployments;
    private final BoundedInput.Limit limit;
    private final InstantSource clock;

    BundlesResource(Part<Deployments> deployments, BoundedInput.Limit limit, InstantSource clock) {
        this.deployments = deployments;
        this.limit = limit;
        this.clock = clock;
    }

    Route list() {
        return Route.of("/v1/bundles")
                .get(
                        Operation.of("listBundles", "The files of the drop folder with their verdicts", Role.READER)
                                .with(Listing.AFTER, Listing.WIDE)
                                .gives(200, LISTING.reply(BundleJson.shape())),
                        this::all)
                .on("POST", deploying(), this::deploy);
    }

    Route one() {
        return Route.of("/v1/bundles/{file}")
                .get(
                        Operation.of("getBundle", "One file of the drop folder", Role.READER)
                                .gives(200, "It.", BundleJson.shape())
                                .refuses(404),
                        this::show)
                .on(
                        "DELETE",
                        Operation.of("undeployBundle", "Takes a file away", Role.OPERATOR)
                                .with(Prefer.PARAMETER)
                                .gives(204, "It is gone.")
                                .gives(202, "It is going.", Shape.object().with("state", Shape.oneOf("leaving")))
                                .refuses(404),
                        this::undeploy);
    }

    private static Operation deploying() {
        var operation = Operation.of("deployBundle", "Puts a signed bundle into the drop folder", Role.OPERATOR)
                .with(
                        Parameter.query(
                                "name", Shape.text(), "The name of the file there, which ends in .jar: needed."),
                        Prefer.PARAMETER);
        for (var type : JAR) {
            operation = type.isEmpty() ? operation : operation.takes(type, Shape.any());
        }
        return operation
                .gives(
                        201,
                        Reply.json("It serves, or another version of it does.", BundleJson.shape())
                                .with("Location", "Where the file is."))
                .gives(
                        202,
                        Reply.json(
                                        "Its verdict is still to come.",
                                        Shape.object()
                                                .with("state", Shape.oneOf("arriving"))
                                                .with("location", Shape.text()))
                                .with("Location", "Where the file is."))
                .refuses(422);
    }

    private Answer all(Call call) throws Rejection {
        var page = LISTING.of(call, deployments.now().files(), DeployedFile::fileName);
        return LISTING.answer(call, page, BundleJson::of);
    }

    private Answer show(Call call) throws Rejection {
        var file = deployments.now().file(call.variable("file")).orElseThrow(BundlesResource::unknown);
        return Answer.of(Response.json(200, BundleJson.of(file)));
    }

    private Answer deploy(Call call) throws Rejection {
        var name = call.parameter("name").orElse("");
        if (!NAME.matcher(name).matches()) {
            throw Problem.of(400, "name.invalid", "'name' is no plain file name (expected: ?name=<file>.jar).")
                    .rejection();
        }
        if (!JAR.contains(MediaTypes.of(call.request()))) {
            throw MediaTypes.unsupported("Content-Type", "application/java-archive");
        }
        var folder = deployments.now();
        var wait = Prefer.waiting(call.request()).orElse(WAIT);
        var location = "/v1/bundles/" + UrlText.encode(name);
        LOG.info("'{}' deploys {}", call.subject().name(), name);
        try (var body = BoundedInput.open(call.request(), limit, clock)) {
            var settled = deploy(folder, name, body);
            return new Answer.Later(
                    settled.handle((file, failure) -> settled(file, failure, location)), wait, arriving(location));
        } catch (IOException unclosed) {
            throw Problem.of(400, "body.incomplete", "The body ended before its end.")
                    .rejection();
        }
    }

    private static CompletionStage<DeployedFile> deploy(Deployments folder, String name, BoundedInput body)
            throws Rejection {
        try {
            return folder.deploy(name, body);
        } catch (IllegalArgumentException badName) {
            throw Problem.of(400, "name.invalid", "The name is refused: " + badName.getMessage())
                    .rejection();
        } catch (IOException failed) {
            if (body.isAtFault()) {
                throw body.rejection();
            }
            throw unwritable(failed).rejection();
        }
    }

    private static Response settled(@Nullable DeployedFile file, @Nullable Throwable failure, String location) {
        if (file == null) {
            boolean slow = failure instanceof TimeoutException
                    || (failure instanceof CompletionException wrapped
                            && wrapped.getCause() instanceof TimeoutException);
            return slow ? arriving(location) : unwritable(failure).response();
        }
        return switch (file.state()) {
            case SERVING, SUPERSEDED -> Response.json(201, BundleJson.of(file)).with("Location", location);
            case REFUSED -> refused(file);
            case ARRIVING -> arriving(location);
        };
    }

    private static Response refused(DeployedFile file) {
        var code = file.verdict()
                .flatMap(verdict -> verdict instanceof Verdict.Refused refused
                        ? Optional.of(refused.code())
                        : Optional.<String>empty())
                .orElse("bundle.refused");
        var problem = Problem.of(422, code, file.text());
        problem.more().setAll(BundleJson.of(file));
        return problem.response();
    }

    private static Response arriving(String location) {
        var json = Json.object().put("state", "arriving").put("location", location);
        return Response.json(202, json).with("Location", location);
    }

    private Answer undeploy(Call call) throws Rejection {
        var name = call.variable("file");
        if (!NAME.matcher(name).matches()) {
            throw unknown();
        }
        LOG.info("'{}' undeploys {}", call.subject().name(), name);
        try {
            var gone = deployments.now().undeploy(name);
            return new Answer.Later(
                    gone.handle((found, failure) -> undeployed(found, failure)),
                    Prefer.waiting(call.request()).orElse(WAIT),
                    Response.json(202, Json.object().put("state", "leaving")));
        } catch (IOException failed) {
            throw unwritable(failed).rejection();
        }
    }

    private static Response undeployed(@Nullable Boolean found, @Nullable Throwable failure) {
        if (found == null) {
            return unwritable(failure).response();
        }
        return found ? Response.empty(204) : unknown().problem().response();
    }

    private static Rejection unknown() {
        return Problem.of(404, "bundle.unknown", "There is no such file. GET /v1/bundles lists them.")
                .rejection();
    }

    static Problem unwritable(@Nullable Throwable cause) {
        LOG.warn("The drop folder could not be changed", cause);
        return Problem.of(
                        503,
                        "deploy.failed",
                        "The folder could not be changed; nothing has happened. The log says why.")
                .retryAfter(Duration.ofSeconds(5));
    }
}
