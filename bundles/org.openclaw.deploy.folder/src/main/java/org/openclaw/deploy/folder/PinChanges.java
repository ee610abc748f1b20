package org.openclaw.deploy.folder;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openclaw.deploy.Pinning;
import org.osgi.framework.Version;

/** Pins and unpins at somebody's wish: checks it against what there is, writes it, and waits for what serves. Thread-safe. */
final class PinChanges {
    private final Pins pins;
    private final Board board;
    private final Expectations expectations;
    private final Bell bell;

    PinChanges(Pins pins, Board board, Expectations expectations, Bell bell) {
        this.pins = pins;
        this.board = board;
        this.expectations = expectations;
        this.bell = bell;
    }

    CompletionStage<Pinning> pin(String name, Version version) throws IOException {
        var deployment = board.deployment(name);
        if (deployment.isEmpty()) {
            return CompletableFuture.completedStage(new Pinning.UnknownDeployment(name));
        }
        return deployment.get().has(version)
                ? change(name, Optional.of(version))
                : CompletableFuture.completedStage(new Pinning.UnknownVersion(deployment.get(), version));
    }

    CompletionStage<Pinning> unpin(String name) throws IOException {
        return board.deployment(name).isEmpty()
                ? CompletableFuture.completedStage(new Pinning.UnknownDeployment(name))
                : change(name, Optional.empty());
    }

    private CompletionStage<Pinning> change(String name, Optional<Version> version) throws IOException {
        var refused = pins.change(name, version);
        if (refused.isPresent()) {
            return CompletableFuture.completedStage(new Pinning.Unreadable(refused.get()));
        }
        var settled = expectations.change(name).<Pinning>thenApply(Pinning.Done::new);
        bell.ring(Bell.Cause.FOLDER);
        return settled;
    }
}
