package org.openclaw.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openclaw.message.Body;

/**
 * A step that was recorded for the message at the head of an inbox, whose turn is under way or will be repeated.
 *
 * @param name its name within the turn
 * @param endedAt when it ended
 * @param took how long it took, with the waits between its attempts
 * @param attempts how often its action ran
 * @param cause why it failed, for people; empty when it did not
 * @param bytes how many bytes its result has; 0 when that is nothing
 * @param beside whether the result is large, and so lies beside the record of the step
 * @param result what it resulted in; empty unless it was asked for and there is room for it, and when that is nothing
 */
public record StepView(
        String name,
        Instant endedAt,
        Duration took,
        int attempts,
        Optional<String> cause,
        int bytes,
        boolean beside,
        Optional<Body> result) {}
