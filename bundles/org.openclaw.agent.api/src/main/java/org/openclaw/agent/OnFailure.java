package org.openclaw.agent;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What happens when a turn of an agent type fails, on the class of the {@link Agent}. A message keeps its place while it is tried
 * again: those behind it wait. Without this annotation its defaults hold.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OnFailure {
    /** How often a message is tried in all, 1 to 1000. What cannot be read by any turn is not tried again. */
    int attempts() default 5;

    /** How long to wait before the second attempt, in milliseconds; each further wait is twice as long, give or take a fifth. */
    long firstWaitMillis() default 200;

    /** The longest wait, in milliseconds. */
    long longestWaitMillis() default 60_000;

    /** What becomes of the message after the last attempt. */
    Then then() default Then.SET_ASIDE;

    /** How long a turn may take, in milliseconds, before it is interrupted and counts as failed; 0 leaves it to the node. */
    long turnLimitMillis() default 0;

    /** What becomes of a message that has failed for the last time. */
    enum Then {
        /** It becomes a dead letter, and the agent goes on with the next one. */
        SET_ASIDE,
        /** It stays where it is, and the agent is quarantined until an operator resumes it or takes the message back. */
        BLOCK
    }
}
