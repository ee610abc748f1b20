package org.openclaw.agent.runtime.engine;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Body;

/**
 * What one turn does beside its effects, in order: what turns for the same message have recorded before, and how far this one has
 * come. Steps are recorded before the handler goes on. What failed is recorded when the handler takes another step: until then the
 * handler may fail with it, and the next turn takes it anew. Belongs to the thread of the turn, but for what says otherwise.
 */
final class TurnLog {
    private static final int MOST = 1_000;
    /** How many bytes of results the records of a turn have; what goes beyond lies beside. */
    private static final int MOST_INLINE = 1 << 20;

    private final Surroundings world;
    private final Steps steps;
    private final Job job;
    private final AgentVersion version;
    private final Envelope envelope;
    private final BooleanSupplier open;
    private final StepBounds bounds;
    private final long mostInline;
    private final Instant turnAt;
    private SortedMap<Integer, StepRecord> recorded;
    /** Whether nothing may be taken that is not recorded. */
    private final boolean whole;

    /** Those that failed since the last one was recorded. */
    private Map<Integer, StepRecord> failed = Map.of();
    /** Those that nobody has answered, of the last that were taken. */
    private List<Integer> unanswered = List.of();

    private Instant now;
    /** Of the results that are in their records. */
    private long inline;
    /** Of all results. */
    private long bytes;

    private int next;
    private volatile @Nullable String key;
    private volatile @Nullable String broken;
    private @Nullable String diverged;
    private @Nullable Pending pending;

    /**
     * @param open whether the turn goes on: nothing is done any more when it was given up
     * @param now the time of the turn, unless an earlier one has recorded another
     * @param bounds of results
     * @param most how many bytes of results may be in the records, if that is less than usual
     */
    TurnLog(
            Surroundings world,
            Steps steps,
            Job job,
            AgentVersion version,
            Envelope envelope,
            BooleanSupplier open,
            Instant now,
            StepBounds bounds,
            long most) {
        this.world = world;
        this.steps = steps;
        this.job = job;
        this.version = version;
        this.envelope = envelope;
        this.open = open;
        this.bounds = bounds;
        mostInline = Math.min(MOST_INLINE, most);
        whole = false;
        recorded = steps.recorded(job.number());
        turnAt = recorded.isEmpty()
                ? now.truncatedTo(ChronoUnit.MICROS) // as it will be recorded
                : Micros.instant(recorded.firstEntry().getValue().turnAt());
        this.now = turnAt;
        if (!recorded.isEmpty()) {
            recorded.values().removeIf(step -> !step.isTaken());
            recorded.values().forEach(this::count);
        }
    }

    private TurnLog(TurnLog first) {
        world = first.world;
        steps = first.steps;
        job = first.job;
        version = first.version;
        envelope = first.envelope;
        open = first.open;
        bounds = first.bounds;
        mostInline = first.mostInline;
        turnAt = first.turnAt;
        now = turnAt;
        recorded = new TreeMap<>(first.steps.recorded(first.job.number()));
        recorded.values().removeIf(step -> !step.isTaken());
        recorded.putAll(first.failed);
        first.pending()
                .ifPresent(waits -> waits.questions().forEach(asked -> recorded.put(asked.ordinal(), asked.open())));
        whole = true;
    }

    /** What it has taken as the record of a turn that takes the same, and no other; empty when it took nothing. */
    Optional<TurnLog> repetition() {
        return next == 0 ? Optional.empty() : Optional.of(new TurnLog(this));
    }

    /** What it takes of the room for results: answers have their own. */
    private void count(StepRecord step) {
        if (step.outcome() instanceof StepRecord.Outcome.Result(var _, var body)) {
            inline += body.size();
            bytes += body.size();
        }
        step.blob().ifPresent(blob -> bytes += blob.size());
    }

    Surroundings world() {
        return world;
    }

    AgentVersion version() {
        return version;
    }

    Job job() {
        return job;
    }

    /** What the turn takes for the present: it goes on where the turn waits. */
    Instant now() {
        return now;
    }

    /** What the turn took for the present at its beginning. */
    Instant turnAt() {
        return turnAt;
    }

    /** The turn has waited until then, in microseconds since 1970. */
    void passed(long until) {
        var then = Micros.instant(until);
        now = then.isAfter(now) ? then : now;
    }

    /** Where the turn went another way than what is recorded, or why that cannot be read; empty when it did not. To be asked when its handler has ended. */
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

    /** A step that was taken cannot be recorded. Thread-safe. */
    void broke(RuntimeException unrecorded) {
        broken = String.valueOf(unrecorded.getMessage());
    }

    /** What it waits for; empty when its handler has ended. */
    Optional<Pending> pending() {
        return Optional.ofNullable(pending);
    }

    /** Leaves the handler, until somebody answers. */
    Suspension suspend(Pending waits) {
        pending = waits;
        return new Suspension();
    }

    /** The last ones that were taken have no answer, and the handler may fail with that. */
    void unanswered(List<Integer> ordinals) {
        unanswered = List.copyOf(ordinals);
    }

    /** Which are to be taken anew, if the turn fails. */
    List<Integer> unanswered() {
        return unanswered;
    }

    /** A result that lies beside, as it was recorded: if it is not there as such, the turn is halted. */
    Body read(int ordinal, Blob blob) {
        try {
            return switch (steps.blobs().read(blob)) {
                case Blobs.Found.Whole(var body) -> body;
                case Blobs.Found.Corrupt(var why) -> throw corrupt(ordinal, why);
            };
        } catch (UncheckedIOException unreadable) {
            throw corrupt(ordinal, "it cannot be read: " + unreadable.getCause());
        }
    }

    private IllegalStateException corrupt(int ordinal, String why) {
        var step = recorded.get(ordinal);
        var message = envelope.message();
        diverged = "The result of step " + (ordinal + 1) + (step == null ? "" : ", '" + step.name() + "',") + " of "
                + job.cell().name().address() + " for the message '" + message.id() + "' of " + message.source()
                + ", a "
                + message.type() + ", is corrupt: " + why + ". The turn does not go on with it. Start the node from a"
                + " checkpoint that is whole, or take the message back.";
        return new IllegalStateException(diverged);
    }

    IllegalStateException diverge(int ordinal, String found) {
        var step = recorded.get(ordinal);
        diverged = "The turn of " + job.cell().name().address() + " diverged from its record at step " + (ordinal + 1)
                + (step == null ? "" : ", '" + step.name() + "'") + ": " + found
                + ". A handler has to take the same steps"
                + " again, with the same input; take time, ids and randomness from the Turn. It goes on with a version that does.";
        return new IllegalStateException(diverged);
    }

    void requireOpen() throws InterruptedException {
        if (!open.getAsBoolean()) {
            throw new InterruptedException("the turn was given up");
        }
    }

    /** Takes so many steps; the ordinal of the first one. */
    int take(int count) throws InterruptedException {
        requireOpen();
        if (pending != null) {
            throw new Suspension();
        }
        if (diverged != null) {
            throw new IllegalStateException(diverged);
        }
        if (broken != null) {
            throw new IllegalStateException(broken);
        }
        if (next + count > MOST) {
            throw new IllegalStateException(
                    "a turn takes more than " + MOST + " steps (expected: fewer). Pass the rest on to another turn.");
        }
        unanswered = List.of();
        if (!failed.isEmpty()) {
            record(failed);
            failed = Map.of();
        }
        if (next == 0 && count > 0 && recorded.isEmpty() && !whole && expires()) {
            await(steps.begin(job, envelope));
        }
        int first = next;
        next += count;
        return first;
    }

    /** Whether its message may expire yet. */
    private boolean expires() {
        return !envelope.begun() && envelope.delivery().expires().isPresent();
    }

    /**
     * What is recorded for a step; empty when it has to be taken.
     *
     * @param waits whether it is something to wait for
     */
    Optional<StepRecord> known(int ordinal, String name, long input, boolean waits) {
        var known = recorded.get(ordinal);
        if (known == null) {
            if (whole) {
                throw diverge(ordinal, "the handler took '" + name + "' beyond it");
            }
            return Optional.empty();
        }
        if (!known.name().equals(name)) {
            throw diverge(ordinal, "the handler took '" + name + "'");
        }
        if (known.input() != input) {
            throw diverge(ordinal, "its input is another one");
        }
        boolean other = switch (known.outcome()) {
            case StepRecord.Outcome.Nothing _, StepRecord.Outcome.Result _, StepRecord.Outcome.Beside _ -> waits;
            case StepRecord.Outcome.Open _, StepRecord.Outcome.Answer _ -> !waits;
            case StepRecord.Outcome.Failure _, StepRecord.Outcome.Anew _ -> false;
        };
        if (other) {
            throw diverge(ordinal, waits ? "the handler waits for it" : "the handler does it itself");
        }
        return Optional.of(known);
    }

    /** Whether an action that is not recorded may have run. */
    boolean isDoubtful() {
        return !recorded.isEmpty() || steps.isDoubtful(job.number());
    }

    /** These have failed, and the handler may fail with that. */
    void failed(Map<Integer, StepRecord> records) {
        failed = records;
    }

    /**
     * The idempotency key of a step: the same for each turn of the message, also as a dead letter that is driven again. The secret of
     * a receipt cannot be told from it. Thread-safe.
     */
    String key(int ordinal) {
        var known = key;
        if (known == null) {
            known = Identity.key(job.cell().number(), envelope);
            key = known;
        }
        return known + "." + ordinal;
    }

    /** By what a signal of this turn is answered. */
    SignalId signal(int ordinal) {
        return SignalId.of(job.cell().number(), job.number(), envelope, ordinal);
    }

    /**
     * Where a result is kept: in the record of its step, or beside it, and then it is durable when this returns. Thread-safe.
     *
     * @throws IllegalArgumentException when it is too large
     */
    StepRecord.Outcome keep(int ordinal, String step, String className, Body body) throws InterruptedException {
        return isInline(step, body.size())
                ? new StepRecord.Outcome.Result(className, body)
                : new StepRecord.Outcome.Beside(className, steps.blobs().write(this, ordinal, body));
    }

    /** Takes the room for a result; whether it is in the record. */
    private synchronized boolean isInline(String step, int size) {
        if (size > bounds.result()) {
            throw new IllegalArgumentException("step '" + step + "' resulted in " + size + " bytes (expected: at most "
                    + bounds.result() + ", the setting step.bytes of org.openclaw.agent.runtime). Keep it elsewhere and"
                    + " return a reference, or raise the setting.");
        }
        if (bytes + size > bounds.turn()) {
            throw new IllegalArgumentException("with step '" + step + "' the results of the steps of one turn have "
                    + (bytes + size) + " bytes (expected: at most " + bounds.turn()
                    + ", the setting turn.steps.bytes of"
                    + " org.openclaw.agent.runtime). Pass the rest on to another turn, return references, or raise the"
                    + " setting.");
        }
        bytes += size;
        boolean fits = size <= bounds.inline() && inline + size <= mostInline;
        inline += fits ? size : 0;
        return fits;
    }

    /** Records steps that were taken. Thread-safe. */
    void record(Map<Integer, StepRecord> now) throws InterruptedException {
        await(steps.record(job, envelope, version.version(), now));
    }

    /** Opens a signal. */
    StepRecord open(int ordinal, StepRecord signal, Instant until, String className) throws InterruptedException {
        var opened = await(steps.open(job, ordinal, signal, until, className));
        if (recorded.isEmpty()) {
            recorded = new TreeMap<>();
        }
        recorded.put(ordinal, opened);
        return opened;
    }

    /** What is recorded of a signal of this turn by now; empty when it has opened none with this ordinal. */
    Optional<StepRecord> reread(int ordinal) {
        var known = recorded.get(ordinal);
        if (known != null && known.isOpen() && !whole) {
            steps.recorded(job.number(), ordinal).ifPresent(now -> recorded.put(ordinal, now));
        }
        return Optional.ofNullable(recorded.get(ordinal));
    }

    /** Waits on a thread of the turn. Thread-safe. */
    <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return world.threads().await(answer);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the step cannot be recorded: " + failure.getCause(), failure.getCause());
        }
    }
}
