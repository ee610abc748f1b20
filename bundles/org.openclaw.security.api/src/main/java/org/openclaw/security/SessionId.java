package org.openclaw.security;

/**
 * The secret value of a console session's cookie.
 *
 * @param value an opaque text that is safe in a cookie
 */
public record SessionId(String value) {
    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "session";
    }
}
