package org.openclaw.launcher.gate;

import java.io.Serial;

/** Ends a resolution; its message is the text of the refusal, which the framework passes on to whoever asked for it. */
final class RefusedResolutionException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RefusedResolutionException(String text) {
        super(text, null, false, false);
    }
}
