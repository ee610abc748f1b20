package org.openclaw.itest.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.openclaw.message.Message;

/** The world outside, where steps take place: no crash undoes what was done here, and it remembers what it was told to do twice. */
final class Outside {
    private final BooleanSupplier fails;
    private final Map<Long, String> keys = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final Map<String, Long> answers = new HashMap<>();
    private final Map<String, Long> taken = new HashMap<>();
    private final Set<String> acted = new HashSet<>();
    private final Set<String> unanswered = new HashSet<>();
    private final Set<String> givenUp = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private long last;

    Outside(BooleanSupplier fails) {
        this.fails = fails;
    }

    /** Does something for a message. */
    long act(String key, Message message) throws IOException {
        acted.add(message.source() + " " + message.id());
        return act(key);
    }

    /** Whether something was done for a message. */
    boolean hasActed(String message) {
        return acted.contains(message);
    }

    /** Does something that is never done twice with the same result. */
    long act(String key) throws IOException {
        if (seen.containsKey(key)) {
            violations.add(key + " was run again although its result was recorded");
        }
        if (fails.getAsBoolean()) {
            throw new IOException("simulated fault outside");
        }
        keys.put(++last, key);
        return last;
    }

    /** A handler has gone on with what was done. */
    void goesOn(long result) {
        var key = keys.get(result);
        var before = key == null ? null : seen.putIfAbsent(key, result);
        if (key == null || (before != null && before != result)) {
            violations.add("%s resulted in %d, and before in %d".formatted(key, result, before));
        }
    }

    /** The same with something large. */
    void goesOn(Act result, int size) {
        goesOn(result.number());
        if (!result.equals(Act.of(result.number(), size))) {
            violations.add("%s resulted in %d characters instead of %d"
                    .formatted(keys.get(result.number()), result.more().length(), size));
        }
    }

    /** A handler has gone on with an answer, to a question or a signal. */
    void answered(String question, long answer) {
        var before = answers.putIfAbsent(question, answer);
        if (before != null && before != answer) {
            violations.add("%s was answered with %d, and before with %d".formatted(question, answer, before));
        }
        if (givenUp.contains(question)) {
            violations.add("%s was answered with %d, and before there was no answer".formatted(question, answer));
        }
        var said = taken.get(question);
        if (said != null && said != answer) {
            violations.add(
                    "%s was answered with %d, and the answer %d was acknowledged".formatted(question, answer, said));
        }
    }

    /** A handler has seen that one of these has no answer: they may be asked once more. */
    void unanswered(List<String> questions) {
        for (var question : questions) {
            unanswered.add(question);
            if (answers.containsKey(question)) {
                violations.add(question + " has no answer, and before it had one");
            }
        }
    }

    /** That one of these has no answer is recorded for good. */
    void wentOnWithout(List<String> questions) {
        givenUp.addAll(questions);
    }

    boolean hasGoneOnWithout(List<String> questions) {
        return givenUp.containsAll(questions);
    }

    /** The answer to a signal was acknowledged. */
    void taken(String signal, long answer) {
        var before = taken.putIfAbsent(signal, answer);
        if (before != null && before != answer) {
            violations.add("%s took the answer %d, and before %d".formatted(signal, answer, before));
        }
    }

    /** How often a question that was answered was handled, by whom can lose nothing: once, unless it was asked once more. */
    void heard(List<String> questions) {
        var times = new HashMap<String, Integer>();
        questions.forEach(question -> times.merge(question, 1, Integer::sum));
        times.forEach((question, count) -> {
            if (count > 1 && !unanswered.contains(question)) {
                violations.add("%s was handled %d times".formatted(question, count));
            }
        });
    }

    /** What must not be. */
    List<String> violations() {
        return violations;
    }

    /** How many steps have ended well. */
    int steps() {
        return seen.size();
    }
}
