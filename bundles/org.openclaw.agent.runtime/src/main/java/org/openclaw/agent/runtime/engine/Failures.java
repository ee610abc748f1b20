package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * How the turns for one message have failed. All are counted; the first and the last ones are told, so that a message that is
 * tried again for weeks takes no more room than one that has failed {@value #MOST} times.
 *
 * @param count how many have failed
 * @param told the first and the last ones, oldest first; all of them up to {@value #MOST}
 */
record Failures(int count, List<Attempt> told) {
    private static final int MOST = 16;

    static final Failures NONE = new Failures(0, List.of());

    Failures {
        told = List.copyOf(told);
    }

    static Failures of(Attempt only) {
        return new Failures(1, List.of(only));
    }

    /** These and one more. */
    Failures and(Attempt next) {
        var all = new ArrayList<>(told);
        if (all.size() == MOST) {
            all.remove(1);
        }
        all.add(next);
        return new Failures(count + 1, all);
    }

    boolean isEmpty() {
        return count == 0;
    }

    Attempt last() {
        return told.getLast();
    }

    /** Whether some are counted that are not told any more. */
    boolean hasOmitted() {
        return count > told.size();
    }

    /** Writes them, with their count only where some are omitted: older formats have none. */
    void write(Wire.Writer into) {
        if (hasOmitted()) {
            into.u32(count);
        }
        into.u32(told.size());
        told.forEach(each ->
                into.u64(each.at()).text(each.version()).text(each.code()).text(each.cause()));
    }

    /** @param counted whether their count is before them */
    static Failures read(Wire.Reader from, boolean counted) {
        int count = counted ? from.u32() : 0;
        int written = from.u32();
        var failures = NONE;
        for (int read = 0; read < written; read++) {
            failures = failures.and(new Attempt(from.u64(), from.text(), from.text(), from.text()));
        }
        return new Failures(Math.max(count, failures.count), failures.told);
    }
}
