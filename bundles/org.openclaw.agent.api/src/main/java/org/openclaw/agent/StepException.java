package org.openclaw.agent;

/**
 * A step has failed, a question has no answer, a signal did not come; the text says why. Without a cause: a repeated turn could not
 * have it, the log has the stack of a failed step.
 *
 * <p>A turn that ends with it fails, and its repetition tries the step, or asks, anew; an answer that does not fit stays, for a
 * version that can read it. A handler that catches it may go on; as soon as
 * it takes another step the failure is recorded for good, and every repetition of the turn gets it again, that of a dead letter that
 * is driven again, too.
 */
public final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    /** @param code see {@link #code} */
    public StepException(String code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * Says what kind of failure it is, and is stable: {@code step.failed} its action threw; {@code wait.expired} nobody answered in
     * time; {@code ask.circle} the one who is asked waits for this agent; {@code ask.unanswered} its turn ended without a reply;
     * {@code ask.failed} its turn was given up, was cancelled, or never began; {@code message.expired} the question was not worth its
     * turn any more; {@code ask.refused} there was no room for the question; {@code answer.unfit} the answer cannot be read as what was asked for.
     */
    public String code() {
        return code;
    }
}
