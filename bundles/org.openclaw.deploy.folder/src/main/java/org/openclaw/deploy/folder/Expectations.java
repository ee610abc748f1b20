package org.openclaw.deploy.folder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict.Refused;

/** Callers that wait for what becomes of a file or of a pin. Callers add, the keeper's thread fulfils. */
final class Expectations {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Departure> departures = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    /** Waits for the verdict on bytes; {@code noted}: put there before the keeper's latest look. */
    private record Arrival(String fileName, Digest digest, CompletableFuture<DeployedFile> future, boolean noted) {}

    private record Departure(String fileName, CompletableFuture<Boolean> future, boolean noted) {}

    /** Waits for what serves under a symbolic name. */
    private record Change(String name, CompletableFuture<Deployment> future, boolean noted) {}

    /** Call it right after the bytes were renamed into place. */
    synchronized CompletionStage<DeployedFile> arrival(String fileName, Digest digest) {
        var future = new CompletableFuture<DeployedFile>();
        arrivals.add(new Arrival(fileName, digest, future, false));
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).minimalCompletionStage();
    }

    /** Call it right after the file was moved away. */
    synchronized CompletionStage<Boolean> departure(String fileName) {
        var future = new CompletableFuture<Boolean>();
        departures.add(new Departure(fileName, future, false));
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).minimalCompletionStage();
    }

    /** Call it right after the pins were written. */
    synchronized CompletionStage<Deployment> change(String name) {
        var future = new CompletableFuture<Deployment>();
        changes.add(new Change(name, future, false));
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).minimalCompletionStage();
    }

    /** The keeper is about to look: what is expected by now lies in the folder, or has been replaced there. */
    synchronized void note() {
        arrivals.replaceAll(one -> new Arrival(one.fileName, one.digest, one.future, true));
        departures.replaceAll(one -> new Departure(one.fileName, one.future, true));
        changes.replaceAll(one -> new Change(one.name, one.future, true));
    }

    /** Names that somebody waits for, so the file came by rename and is complete. */
    synchronized Set<String> expected() {
        return Set.copyOf(arrivals.stream().map(Arrival::fileName).toList());
    }

    /**
     * Tells those who wait.
     *
     * @param row the file's row, and the digest of its present bytes; empty when there is no such file
     * @param gone whether nothing of a removed file runs any more
     * @param settled the deployment of a symbolic name, once what should serve under it does
     */
    void fulfil(
            Function<String, Optional<Settled>> row,
            Predicate<String> gone,
            Function<String, Optional<Deployment>> settled,
            Instant now) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            arrivals.removeIf(one -> {
                var answer = answer(one, row.apply(one.fileName), now);
                answer.ifPresent(file -> news.add(() -> one.future.complete(file)));
                return answer.isPresent() || one.future.isDone();
            });
            departures.removeIf(one -> {
                var done = one.noted && gone.test(one.fileName);
                if (done) {
                    news.add(() -> one.future.complete(true));
                }
                return done || one.future.isDone();
            });
            changes.removeIf(one -> {
                var answer = one.noted ? settled.apply(one.name) : Optional.<Deployment>empty();
                answer.ifPresent(deployment -> news.add(() -> one.future.complete(deployment)));
                return answer.isPresent() || one.future.isDone();
            });
        }
        // what depends on the futures is foreign code: no lock is held
        news.forEach(Runnable::run);
    }

    /** A row and the digest of the bytes that it speaks of, as far as known. */
    record Settled(DeployedFile row, Optional<Digest> digest) {}

    private static Optional<DeployedFile> answer(Arrival one, Optional<Settled> found, Instant now) {
        if (!one.noted) {
            return Optional.empty();
        }
        if (found.isEmpty()) {
            return Optional.of(overtaken(one, "it was removed before it could be judged", now));
        }
        var settled = found.get();
        if (settled.row().state() == State.ARRIVING) {
            return Optional.empty();
        }
        return settled.digest().filter(digest -> !digest.equals(one.digest)).isPresent()
                ? Optional.of(overtaken(one, "other bytes were put in its place before it could be judged", now))
                : Optional.of(settled.row());
    }

    private static DeployedFile overtaken(Arrival one, String reason, Instant now) {
        var refused = new Refused(
                one.fileName,
                Optional.of(one.digest),
                "file.overtaken",
                reason,
                "one writer of a file name at a time",
                "See what the folder has now, and deploy it again if it should be this one.");
        return new DeployedFile(
                one.fileName, State.REFUSED, Optional.of(refused), Optional.empty(), now, Duration.ZERO);
    }

    /** Nobody will fulfil anything any more. */
    void close() {
        List<CompletableFuture<?>> left = new ArrayList<>();
        synchronized (this) {
            arrivals.forEach(one -> left.add(one.future));
            departures.forEach(one -> left.add(one.future));
            changes.forEach(one -> left.add(one.future));
            arrivals.clear();
            departures.clear();
            changes.clear();
        }
        left.forEach(future -> future.completeExceptionally(
                new IllegalStateException("the drop folder stops; what was deployed is judged when it starts again")));
    }
}
