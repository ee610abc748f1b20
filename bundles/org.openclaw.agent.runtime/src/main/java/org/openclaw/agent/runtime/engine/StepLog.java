package org.openclaw.agent.runtime.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Step;
import org.openclaw.agent.StepException;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.message.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of one turn. A step is recorded before the handler goes on, in a commit that others share; see {@link TurnLog}.
 * Belongs to the thread of the turn.
 */
final class StepLog {
    private static final Logger LOG = LoggerFactory.getLogger(StepLog.class);
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

    private final TurnLog log;
    private final Surroundings world;
    private final AgentVersion version;

    StepLog(TurnLog log) {
        this.log = log;
        world = log.world();
        version = log.version();
    }

    /**
     * Takes steps beside each other.
     *
     * @return their results, in order, when all have ended; of those that failed the first is thrown then
     */
    <T extends @Nullable Object> List<T> take(List<Step<T>> taken) throws InterruptedException {
        int first = log.take(taken.size());
        var takings = new ArrayList<Taking<T>>();
        for (int place = 0; place < taken.size(); place++) {
            takings.add(new Taking<>(taken.get(place), first + place));
        }
        var anew = new ArrayList<Taking<T>>();
        for (var taking : takings) {
            log.known(taking.ordinal, taking.step.name(), taking.input, false)
                    .ifPresentOrElse(known -> replay(taking, known), () -> anew.add(taking));
        }
        runAll(anew);
        var results = new ArrayList<T>();
        for (var taking : takings) {
            results.add(taking.result());
        }
        return results;
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
        switch (known.outcome()) {
            case StepRecord.Outcome.Nothing() -> taking.value = null;
            case StepRecord.Outcome.Failure(var code, var cause) -> taking.thrown = new StepException(code, cause);
            case StepRecord.Outcome.Result(var className, var body) -> taking.value = read(taking, className, body);
            case StepRecord.Outcome.Beside(var className, var blob) ->
                taking.value = read(taking, className, log.read(taking.ordinal, blob));
            case StepRecord.Outcome.Open _, StepRecord.Outcome.Answer _, StepRecord.Outcome.Anew _ ->
                throw new IllegalStateException("step '" + known.name() + "' is none: " + known.outcome());
        }
    }

    @SuppressWarnings("unchecked") // of the class that the same step had resulted in
    private <T extends @Nullable Object> T read(Taking<T> taking, String className, Body body) {
        var read = version.resolve(className).map(type -> version.codec().decode(body, type));
        if (read.isPresent() && read.get() instanceof Decoded.Fit(var value)) {
            return (T) value;
        }
        throw log.diverge(taking.ordinal, "its result, a " + className + ", cannot be read by " + version);
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
                var outcome = new StepRecord.Outcome.Failure(failure.code(), String.valueOf(failure.getMessage()));
                failures.put(taking.ordinal, recordOf(taking, 0, taking.step.attempts(), outcome));
            }
        }
        log.failed(failures);
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
                log.await(all);
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
                log.requireOpen();
                try {
                    taking.value = attempt(taking.step, attempt, log.key(taking.ordinal));
                    break;
                } catch (InterruptedException interrupted) {
                    throw interrupted;
                } catch (Exception | LinkageError thrown) {
                    log.requireOpen(); // or a client has wrapped the interrupt
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
            log.record(Map.of(taking.ordinal, recordOf(taking, nanos, attempts, outcome)));
        } catch (RuntimeException unrecorded) {
            log.broke(unrecorded);
            throw unrecorded;
        }
    }

    private <T extends @Nullable Object> T attempt(Step<T> step, int attempt, String key) throws Exception {
        if (attempt > 1 || log.isDoubtful()) {
            var asked = step.reconciler();
            var found = asked.isPresent() ? asked.get().find(key) : Optional.<T>empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return step.action().run(new Step.Context(key, attempt));
    }

    private StepException failure(Step<?> step, int attempts, Throwable thrown) {
        LOG.warn("Step '{}' of {} failed.", step.name(), log.job().cell().name().address(), thrown);
        var cause = thrown.toString();
        return new StepException(
                StepRecord.FAILED,
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
            log.await(over);
        } finally {
            world.alarms().cancel(alarm);
        }
    }

    @SuppressWarnings("unchecked") // of the same class
    private <T extends @Nullable Object> StepRecord.Outcome outcome(Taking<T> taking) throws InterruptedException {
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
        return log.keep(taking.ordinal, step.name(), type.getName(), body);
    }

    private StepRecord recordOf(Taking<?> taking, long nanos, int attempts, StepRecord.Outcome outcome) {
        return new StepRecord(
                taking.step.name(),
                taking.input,
                Micros.of(log.turnAt()),
                Micros.of(world.clock().instant()),
                nanos,
                attempts,
                outcome);
    }
}
