package org.openclaw.agent.runtime.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Step;
import org.openclaw.agent.StepException;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.message.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one turn: what turns for the same message have recorded before, and what it takes itself. A step is recorded before
 * the handler goes on, in a commit that others share. A failed one is recorded when the handler takes another: until then the
 * handler may fail with it, and the next turn tries it anew. Belongs to the thread of the turn.
 */
final class StepLog {
    private static final Logger LOG = LoggerFactory.getLogger(StepLog.class);
    private static final int MOST = 1_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_CAUSE = 500;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class);

    private final Surroundings world;
    private final Steps steps;
    private final Job job;
    private final AgentVersion version;
    private final Envelope envelope;
    private final BooleanSupplier open;
    private final long mostBytes;
    private final Instant turnAt;
    private final SortedMap<Integer, StepRecord> recorded;
    /** Whether nothing may be taken that is not recorded. */
    private final boolean whole;

    /** Those that failed since the last one was recorded. */
    private Map<Integer, StepRecord> failed = Map.of();

    private long bytes;
    private volatile @Nullable String key;
    private volatile @Nullable String broken;
    private int next;
    private @Nullable String diverged;

    /**
     * @param open whether the turn goes on: nothing is done any more when it was given up
     * @param now the time of the turn, unless an earlier one has recorded another
     * @param most how many bytes the results may have, if that is less than usual
     */
    StepLog(
            Surroundings world,
            Steps steps,
            Job job,
            AgentVersion version,
            Envelope envelope,
            BooleanSupplier open,
            Instant now,
            long most) {
        this.world = world;
        this.steps = steps;
        this.job = job;
        this.version = version;
        this.envelope = envelope;
        this.open = open;
        mostBytes = Math.min(MOST_BYTES, most);
        whole = false;
        recorded = steps.recorded(job.number());
        turnAt = recorded.isEmpty()
                ? now.truncatedTo(ChronoUnit.MICROS) // as it will be recorded
                : Micros.instant(recorded.firstEntry().getValue().turnAt());
        for (var step : recorded.values()) {
            bytes += size(step);
        }
    }

    private StepLog(StepLog first) {
        world = first.world;
        steps = first.steps;
        job = first.job;
        version = first.version;
        envelope = first.envelope;
        open = first.open;
        mostBytes = first.mostBytes;
        turnAt = first.turnAt;
        recorded = new TreeMap<>(first.steps.recorded(first.job.number()));
        recorded.putAll(first.failed);
        whole = true;
    }

    /** What it has taken as the record of a turn that takes the same, and no other; empty when it took none. */
    Optional<StepLog> repetition() {
        return next == 0 ? Optional.empty() : Optional.of(new StepLog(this));
    }

    private static int size(StepRecord step) {
        var body = step.body();
        return body == null ? 0 : body.size();
    }

    /** What the turn takes for the present. */
    Instant turnAt() {
        return turnAt;
    }

    /** Where the turn went another way than what is recorded; empty when it did not. To be asked when its handler has ended. */
    Optional<String> diverged(boolean returned) {
        if (diverged == null && returned && !recorded.isEmpty() && recorded.lastKey() >= next) {
            diverge(recorded.lastKey(), "the handler took " + next + " steps");
        }
        return Optional.ofNullable(diverged);
    }

    /** Why a step that was taken is not recorded: the turn cannot go on, and would not the next time. Empty when all are. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    private IllegalStateException diverge(int ordinal, String found) {
        var step = recorded.get(ordinal);
        diverged = "The turn of " + job.cell().name().address() + " diverged from its record at step " + (ordinal + 1)
                + (step == null ? "" : ", '" + step.name() + "'") + ": " + found
                + ". A handler has to take the same steps"
                + " again, with the same input; take time, ids and randomness from the Turn. It goes on with a version that does.";
        return new IllegalStateException(diverged);
    }

    /**
     * Takes steps beside each other.
     *
     * @return their results, in order, when all have ended; of those that failed the first is thrown then
     */
    <T extends @Nullable Object> List<T> take(List<Step<T>> taken) throws InterruptedException {
        requireOpen();
        if (diverged != null) {
            throw new IllegalStateException(diverged);
        }
        if (broken != null) {
            throw new IllegalStateException(broken);
        }
        int first = next;
        if (first + taken.size() > MOST) {
            throw new IllegalStateException(
                    "a turn takes more than " + MOST + " steps (expected: fewer). Pass the rest on to another turn.");
        }
        next += taken.size();
        if (!failed.isEmpty()) {
            record(failed);
            failed = Map.of();
        }
        var takings = new ArrayList<Taking<T>>();
        for (int place = 0; place < taken.size(); place++) {
            takings.add(new Taking<>(taken.get(place), first + place));
        }
        for (var taking : takings) {
            var known = recorded.get(taking.ordinal);
            if (known != null) {
                replay(taking, known);
            } else if (whole) {
                throw diverge(taking.ordinal, "the handler took '" + taking.step.name() + "' beyond it");
            }
        }
        runAll(takings.stream()
                .filter(taking -> !recorded.containsKey(taking.ordinal))
                .toList());
        var results = new ArrayList<T>();
        for (var taking : takings) {
            results.add(taking.result());
        }
        return results;
    }

    private void requireOpen() throws InterruptedException {
        if (!open.getAsBoolean()) {
            throw new InterruptedException("the turn was given up");
        }
    }

    /** A step that is taken. Belongs to the thread that takes it, until that has ended. */
    private final class Taking<T extends @Nullable Object> {
        private final Step<T> step;
        private final int ordinal;
        private final long input;
        private @Nullable T value;
        private @Nullable Throwable thrown;
        private volatile @Nullable Thread thread;
        private volatile boolean interrupted;

        Taking(Step<T> step, int ordinal) {
            this.step = step;
            this.ordinal = ordinal;
            this.input = step.input()
                    .map(given -> Identity.digest(version.codec().encodeOrdered(given)))
                    .orElse(0L);
        }

        /** By its own thread. */
        void runBeside() {
            thread = Thread.currentThread();
            try {
                if (interrupted) {
                    throw new InterruptedException();
                }
                run(this);
            } catch (Throwable escaped) { // the thread of the turn throws it
                thrown = escaped;
            } finally {
                thread = null;
            }
        }

        void interrupt() {
            interrupted = true;
            var running = thread;
            if (running != null) {
                running.interrupt();
            }
        }

        @SuppressWarnings("NullAway") // null where T may be
        T result() throws InterruptedException {
            switch (thrown) {
                case null -> {
                    return value;
                }
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }

    private <T extends @Nullable Object> void replay(Taking<T> taking, StepRecord known) {
        var step = taking.step;
        if (!known.name().equals(step.name()) || known.input() != taking.input) {
            throw diverge(
                    taking.ordinal,
                    known.name().equals(step.name())
                            ? "its input is another one"
                            : "the handler took '" + step.name() + "'");
        }
        switch (known.outcome()) {
            case StepRecord.Outcome.Nothing() -> taking.value = null;
            case StepRecord.Outcome.Failure(var cause) -> taking.thrown = new StepException(cause);
            case StepRecord.Outcome.Result(var className, var body) -> taking.value = read(taking, className, body);
        }
    }

    @SuppressWarnings("unchecked") // of the class that the same step had resulted in
    private <T extends @Nullable Object> T read(Taking<T> taking, String className, Body body) {
        var read = version.resolve(className).map(type -> version.codec().decode(body, type));
        if (read.isPresent() && read.get() instanceof Decoded.Fit(var value)) {
            return (T) value;
        }
        throw diverge(taking.ordinal, "its result, a " + className + ", cannot be read by " + version);
    }

    private <T extends @Nullable Object> void runAll(List<Taking<T>> takings) throws InterruptedException {
        if (takings.size() == 1) {
            run(takings.getFirst());
        } else {
            runBeside(takings);
        }
        var failures = new TreeMap<Integer, StepRecord>();
        for (var taking : takings) {
            if (taking.thrown instanceof StepException failure) {
                var outcome = new StepRecord.Outcome.Failure(String.valueOf(failure.getMessage()));
                failures.put(taking.ordinal, recordOf(taking, 0, taking.step.attempts(), outcome));
            }
        }
        failed = failures;
    }

    /** Returns when all have ended, also when this thread is interrupted: they belong to the turn. */
    private <T extends @Nullable Object> void runBeside(List<Taking<T>> takings) throws InterruptedException {
        var ends = new ArrayList<CompletableFuture<Void>>();
        for (var taking : takings) {
            var end = new CompletableFuture<Void>();
            ends.add(end);
            world.threads().run("step", () -> {
                taking.runBeside();
                end.complete(null);
            });
        }
        InterruptedException interrupted = null;
        var all = CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
        while (!all.isDone()) {
            try {
                await(all);
            } catch (InterruptedException now) {
                interrupted = now;
                takings.forEach(Taking::interrupt);
            }
        }
        if (interrupted != null) {
            throw interrupted;
        }
    }

    /** Runs it, and records what it resulted in. */
    private <T extends @Nullable Object> void run(Taking<T> taking) {
        try {
            long start = world.nanos().getAsLong();
            int attempt = 1;
            while (true) {
                requireOpen();
                try {
                    taking.value = attempt(taking.step, attempt, key(taking.ordinal));
                    break;
                } catch (InterruptedException interrupted) {
                    throw interrupted;
                } catch (Exception | LinkageError thrown) {
                    requireOpen(); // or a client has wrapped the interrupt
                    if (attempt == taking.step.attempts()) {
                        throw failure(taking.step, attempt, thrown);
                    }
                    pause(waitAfter(taking.step, attempt));
                    attempt++;
                }
            }
            long nanos = world.nanos().getAsLong() - start;
            keep(taking, nanos, attempt);
        } catch (InterruptedException | RuntimeException thrown) {
            taking.thrown = thrown;
        }
    }

    /** Records what it resulted in; the handler gets what a repeated turn will get. */
    private <T extends @Nullable Object> void keep(Taking<T> taking, long nanos, int attempts)
            throws InterruptedException {
        try {
            var outcome = outcome(taking);
            record(Map.of(taking.ordinal, recordOf(taking, nanos, attempts, outcome)));
        } catch (RuntimeException unrecorded) {
            broken = String.valueOf(unrecorded.getMessage());
            throw unrecorded;
        }
    }

    /**
     * The same for each turn of the message, also as a dead letter that is driven again. The secret of a receipt cannot be told from
     * it.
     */
    private String key(int ordinal) {
        var known = key;
        if (known == null) {
            known = Identity.key(job.cell().number(), envelope);
            key = known;
        }
        return known + "." + ordinal;
    }

    private <T extends @Nullable Object> T attempt(Step<T> step, int attempt, String key) throws Exception {
        if (attempt > 1 || !recorded.isEmpty() || steps.isDoubtful(job.number())) {
            var asked = step.reconciler();
            var found = asked.isPresent() ? asked.get().find(key) : Optional.<T>empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return step.action().run(new Step.Context(key, attempt));
    }

    private StepException failure(Step<?> step, int attempts, Throwable thrown) {
        LOG.warn("Step '{}' of {} failed.", step.name(), job.cell().name().address(), thrown);
        var cause = thrown.toString();
        return new StepException(
                "Step '" + step.name() + "' failed" + (attempts == 1 ? "" : " " + attempts + " times, the last time")
                        + ": " + (cause.length() > MOST_CAUSE ? cause.substring(0, MOST_CAUSE) : cause));
    }

    private static Duration waitAfter(Step<?> step, int attempt) {
        var wait = step.firstWait().multipliedBy(1L << Math.min(attempt - 1, 20));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void pause(Duration wait) throws InterruptedException {
        var over = new CompletableFuture<Void>();
        var alarm = world.alarms().set(world.clock().instant().plus(wait), () -> over.complete(null));
        try {
            await(over);
        } finally {
            world.alarms().cancel(alarm);
        }
    }

    @SuppressWarnings("unchecked") // of the same class
    private <T extends @Nullable Object> StepRecord.Outcome outcome(Taking<T> taking) {
        var step = taking.step;
        var value = taking.value;
        if (value == null) {
            return new StepRecord.Outcome.Nothing();
        }
        var type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        // lists and maps do not say what is in them: nobody could read them again
        boolean plain =
                type.isRecord() || type.isEnum() || type.getPackageName().equals("java.time") || PLAIN.contains(type);
        if (!plain || version.resolve(type.getName()).filter(type::equals).isEmpty()) {
            throw new IllegalArgumentException("step '" + step.name() + "' resulted in a " + type.getName()
                    + " (expected: a record, a text, a number, a truth value, an enum or a time, of a class that the agent's"
                    + " bundle sees). Return a record of the agent.");
        }
        var body = version.codec().encode(value);
        taking.value = switch (version.codec().decode(body, type)) {
            case Decoded.Fit(var read) -> (T) read;
            case Decoded.Unfit unfit ->
                throw new IllegalArgumentException("step '" + step.name() + "' resulted in a " + type.getName()
                        + " that cannot be read again: " + unfit.violations().getFirst() + ".");
        };
        return new StepRecord.Outcome.Result(type.getName(), body);
    }

    private StepRecord recordOf(Taking<?> taking, long nanos, int attempts, StepRecord.Outcome outcome) {
        return new StepRecord(
                taking.step.name(),
                taking.input,
                Micros.of(turnAt),
                Micros.of(world.clock().instant()),
                nanos,
                attempts,
                outcome);
    }

    private void record(Map<Integer, StepRecord> now) throws InterruptedException {
        long more = now.values().stream().mapToLong(StepLog::size).sum();
        if (!takesRoom(more)) {
            throw new IllegalArgumentException("the results of the steps of one turn have more than " + mostBytes
                    + " bytes (expected: less). Keep them elsewhere, and return references.");
        }
        await(steps.record(job.number(), now));
    }

    private synchronized boolean takesRoom(long more) {
        if (bytes + more > mostBytes) {
            return false;
        }
        bytes += more;
        return true;
    }

    private void await(CompletableFuture<?> answer) throws InterruptedException {
        try {
            world.threads().await(answer);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the step cannot be recorded: " + failure.getCause(), failure.getCause());
        }
    }
}
