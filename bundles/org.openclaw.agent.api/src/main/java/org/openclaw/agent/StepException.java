package org.openclaw.agent;

/**
 * A step has failed; the text says with what, and the log has the stack. Without a cause: a repeated turn could not have it.
 *
 * <p>A turn that ends with it fails, and its repetition tries the step anew. A handler that catches it may go on; as soon as it takes
 * another step the failure is recorded for good, and every repetition of the turn gets it again, that of a dead letter that is driven
 * again, too.
 */
public final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StepException(String message) {
        super(message);
    }
}
