package org.openclaw.gateway.http;

import java.io.IOException;
import java.time.Duration;
import org.openclaw.security.Role;
import org.openclaw.store.Checkpoint;
import org.openclaw.store.Checkpoints;
import org.openclaw.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/checkpoints}: takes, lists and deletes checkpoints of the node's store. */
final class CheckpointsResource {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointsResource.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

    private final Part<Checkpoints> checkpoints;

    CheckpointsResource(Part<Checkpoints> checkpoints) {
        this.checkpoints = checkpoints;
    }

    Route all() {
        return Route.of("/v1/checkpoints")
                .get(
                        Operation.of("listCheckpoints", "The checkpoints of the store", Role.READER)
                                .gives(200, "All of them.", Shape.object().with("checkpoints", Shape.list(shape()))),
                        this::list)
                .on(
                        "POST",
                        Operation.of("takeCheckpoint", "Takes a checkpoint of the store", Role.OPERATOR)
                                .gives(201, Reply.json("It.", shape()).with("Location", "Where it is deleted.")),
                        this::take);
    }

    Route one() {
        return Route.of("/v1/checkpoints/{name}")
                .on(
                        "DELETE",
                        Operation.of("deleteCheckpoint", "Deletes a checkpoint", Role.OPERATOR)
                                .gives(204, "It is gone.")
                                .refuses(404),
                        this::delete);
    }

    private static Shape shape() {
        return Shape.object()
                .with("name", Shape.text())
                .with("at", Shape.time())
                .with("bytes", Shape.count())
                .named("Checkpoint");
    }

    private Answer list(Call call) throws Rejection {
        var there = checkpoints.now();
        try {
            var json = Json.object();
            var array = json.putArray("checkpoints");
            there.list().forEach(checkpoint -> array.add(json(checkpoint)));
            return Answer.of(Response.json(200, json));
        } catch (IOException failed) {
            throw failed("The checkpoints cannot be listed", failed);
        }
    }

    private Answer take(Call call) throws Rejection {
        var there = checkpoints.now();
        LOG.info("'{}' takes a checkpoint", call.subject().name());
        try {
            var taken = there.take();
            return Answer.of(Response.json(201, json(taken)).with("Location", "/v1/checkpoints/" + taken.name()));
        } catch (IOException failed) {
            throw failed("The checkpoint cannot be taken, or an older one not be removed after it", failed);
        }
    }

    private Answer delete(Call call) throws Rejection {
        var there = checkpoints.now();
        var name = call.variable("name");
        try {
            if (!there.delete(name)) {
                throw Problem.of(
                                404,
                                "checkpoint.unknown",
                                "There is no checkpoint of this name (expected: one of GET /v1/checkpoints).")
                        .rejection();
            }
        } catch (IOException failed) {
            throw failed("The checkpoint cannot be removed", failed);
        }
        LOG.info("'{}' has deleted the checkpoint {}", call.subject().name(), name);
        return Answer.of(Response.empty(204));
    }

    private static ObjectNode json(Checkpoint checkpoint) {
        return Json.object()
                .put("name", checkpoint.name())
                .put("at", checkpoint.at().toString())
                .put("bytes", checkpoint.bytes());
    }

    private static Rejection failed(String what, IOException cause) {
        LOG.warn("{}", what, cause);
        var code = cause instanceof StoreException failed ? failed.code() : "checkpoint.failed";
        return Problem.of(503, code, what + ". The log says why: make room on the disk, or repair it.")
                .retryAfter(RETRY_AFTER)
                .rejection();
    }
}
