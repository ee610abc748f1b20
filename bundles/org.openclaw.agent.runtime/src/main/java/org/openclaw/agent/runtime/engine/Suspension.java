package org.openclaw.agent.runtime.engine;

/** Leaves a handler whose turn is suspended. No exception: a handler that catches those lets it through. */
final class Suspension extends Error {
    private static final long serialVersionUID = 1;

    Suspension() {
        super(
                "the turn is suspended (expected: a handler lets this error through; what it does meanwhile is not kept)",
                null,
                false,
                false);
    }
}
