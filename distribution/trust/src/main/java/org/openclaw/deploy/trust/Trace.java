package org.openclaw.deploy.trust;

import java.util.ArrayList;
import java.util.List;
import org.openclaw.deploy.trust.Verifier.Check;

/** Writes down the checks in the order in which they are made. A check has passed once the next one begins. */
final class Trace {
    private final List<Check> done = new ArrayList<>();
    private String open = "";
    private String detail = "";

    /** Begins a check; the one before it has passed. */
    void step(String check) {
        close(true);
        open = check;
        detail = "";
    }

    /** Says what the present check found. */
    void note(String found) {
        detail = detail.isEmpty() ? found : detail + "; " + found;
    }

    /** The present check has failed. */
    void failed(Rejected why) {
        detail = why.reason() + " [" + why.code() + "]";
        close(false);
    }

    List<Check> checks() {
        close(true);
        return List.copyOf(done);
    }

    private void close(boolean passed) {
        if (!open.isEmpty()) {
            done.add(new Check(open, passed, detail));
            open = "";
        }
    }
}
