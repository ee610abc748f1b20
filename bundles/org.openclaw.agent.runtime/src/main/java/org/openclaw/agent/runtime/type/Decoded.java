package org.openclaw.agent.runtime.type;

import java.util.List;
import org.openclaw.schema.Violation;

/** What came of reading a body as a record. */
public sealed interface Decoded {
    /** The record. */
    record Fit(Object value) implements Decoded {}

    /** Why the body is no such record; never empty. */
    record Unfit(List<Violation> violations) implements Decoded {
        public Unfit {
            violations = List.copyOf(violations);
        }
    }
}
