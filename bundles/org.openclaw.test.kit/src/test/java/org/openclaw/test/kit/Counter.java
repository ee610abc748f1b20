package org.openclaw.test.kit;

import org.openclaw.agent.Query;

/** The messages of the counting agent. */
sealed interface Counter {
    record Add(int amount) implements Counter {}

    record ResetLater(String timer, long seconds) implements Counter {}

    record KeepCount() implements Counter {}

    record Reset() implements Counter {}

    record PassOn(String to, int amount) implements Counter {}

    record Draw() implements Counter {}

    record Fail(String why) implements Counter {}

    /** Takes three steps beside each other, each of which fails some times. */
    record Fetch(int failures) implements Counter {}

    /** Does something else each time it is run. */
    record Drift(String how) implements Counter {}

    record Total() implements Counter, Query<CounterState> {}
}
