package org.openclaw.gateway.http;

/** Carries a problem out of the reading of a request. */
final class Rejection extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    Rejection(Problem problem) {
        // A refused request is no breakage: it needs no stack trace.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
