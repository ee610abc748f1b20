package org.openclaw.agent;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that a turn does in the outside world and that must not be done again once it has succeeded; see
 * {@link Turn#step(Step)}. Immutable: each method makes another one.
 *
 * <pre>{@code
 * var charged = turn.step(Step.of("charge", step -> bank.charge(order, step.idempotencyKey()))
 *         .withInput(order)
 *         .withAttempts(5, Duration.ofMillis(200)));
 * }</pre>
 *
 * @param <T> what it results in: a record, a text, a number, a truth value, an enum, a time, or null
 */
public final class Step<T extends @Nullable Object> {
    private static final int MAX_NAME = 64;

    private final String name;
    private final Action<T> action;
    private final @Nullable Object input;
    private final int attempts;
    private final Duration firstWait;
    private final @Nullable Reconciler<T> reconciler;

    private Step(
            String name,
            Action<T> action,
            @Nullable Object input,
            int attempts,
            Duration firstWait,
            @Nullable Reconciler<T> reconciler) {
        this.name = name;
        this.action = action;
        this.input = input;
        this.attempts = attempts;
        this.firstWait = firstWait;
        this.reconciler = reconciler;
    }

    /** What a step does. */
    @ConsumerType
    @FunctionalInterface
    public interface Action<T extends @Nullable Object> {
        T run(Context context) throws Exception;
    }

    /** Finds out what became of a step in doubt: one whose action may have run, and whose result was not recorded. */
    @ConsumerType
    @FunctionalInterface
    public interface Reconciler<T extends @Nullable Object> {
        /**
         * The result, if the action has taken place; empty if it has not, and is to be run. So a step that is reconciled results in
         * something: a truth value, say.
         */
        Optional<T> find(String idempotencyKey) throws Exception;
    }

    /**
     * What an action may want to know.
     *
     * @param idempotencyKey the same whenever this step of this message is run again, and that of no other: hand it to whoever
     *     must recognise a repetition
     * @param attempt 1, and one more for each that has failed in this turn
     */
    public record Context(String idempotencyKey, int attempt) {}

    /**
     * A step that is tried once.
     *
     * @param name names it within the turn, 1 to 64 characters
     * @throws IllegalArgumentException when the name has another length
     */
    public static <T extends @Nullable Object> Step<T> of(String name, Action<T> action) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "step name of " + name.length() + " characters (expected: 1 to " + MAX_NAME + ")");
        }
        return new Step<>(name, action, null, 1, Duration.ZERO, null);
    }

    /**
     * The same with what its result depends on, a value with a JSON form: a repetition with another one diverges. The order of maps
     * does not count; that of sets does, and may be another one after a restart: give a list.
     */
    public Step<T> withInput(Object value) {
        return new Step<>(name, action, value, attempts, firstWait, reconciler);
    }

    /**
     * The same, tried again when it throws: with twice the wait each time, at most a minute. The turn waits meanwhile.
     *
     * @param most how often it is tried, 1 to 100
     * @param wait before the second attempt
     * @throws IllegalArgumentException when a bound is not kept
     */
    public Step<T> withAttempts(int most, Duration wait) {
        if (most < 1 || most > 100 || wait.isNegative()) {
            throw new IllegalArgumentException("step '" + name + "': " + most + " attempts, the first wait " + wait
                    + " (expected: 1 to 100, and a wait that is not negative)");
        }
        return new Step<>(name, action, input, most, wait, reconciler);
    }

    /** The same with a way to find out what became of it, asked before its action is run again. */
    public Step<T> withReconciler(Reconciler<T> asked) {
        return new Step<>(name, action, input, attempts, firstWait, asked);
    }

    public String name() {
        return name;
    }

    public Action<T> action() {
        return action;
    }

    public Optional<Object> input() {
        return Optional.ofNullable(input);
    }

    /** How often it is tried. */
    public int attempts() {
        return attempts;
    }

    /** How long it waits before the second attempt. */
    public Duration firstWait() {
        return firstWait;
    }

    public Optional<Reconciler<T>> reconciler() {
        return Optional.ofNullable(reconciler);
    }
}
