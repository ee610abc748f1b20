package org.openclaw.itest.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The world outside, where steps take place: no crash undoes what was done here, and it remembers what it was told to do twice. */
final class Outside {
    private final BooleanSupplier fails;
    private final Map<Long, String> keys = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long last;

    Outside(BooleanSupplier fails) {
        this.fails = fails;
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

    /** What must not be. */
    List<String> violations() {
        return violations;
    }

    /** How many steps have ended well. */
    int steps() {
        return seen.size();
    }
}
