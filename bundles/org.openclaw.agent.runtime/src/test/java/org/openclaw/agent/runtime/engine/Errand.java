package org.openclaw.agent.runtime.engine;

/** The messages of an agent whose test says what a turn does. */
public sealed interface Errand {
    /** Does what the test says. */
    record Run() implements Errand {}

    /** What a step results in. */
    record Bought(String what, int price) {}

    /** The state: how many turns were committed. */
    record Done(int turns) {}
}
