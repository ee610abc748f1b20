package org.openclaw.agent;

import org.jspecify.annotations.Nullable;

/**
 * A step has failed. A handler may catch it and go on; when the turn is repeated later, it gets the same again, without its
 * cause. A turn that does not catch it fails, and its repetition tries the step anew.
 */
public final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param cause what its action threw; null in a repeated turn */
    public StepException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
