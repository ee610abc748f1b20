package org.openclaw.console.web;

import org.openclaw.security.Subject;

/** What becomes of a request to the console. */
sealed interface Decision {
    /**
     * The console answers it.
     *
     * @param subject on whose behalf
     */
    record Allowed(Subject subject) implements Decision {}

    /** Nobody is logged in. */
    record LoginWanted() implements Decision {}

    /**
     * It is not done.
     *
     * @param reason for people: what, why, and what to do instead
     */
    record Refused(String reason) implements Decision {}
}
