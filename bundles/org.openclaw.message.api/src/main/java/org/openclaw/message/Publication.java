package org.openclaw.message;

import java.time.Instant;

/**
 * A message that was published.
 *
 * @param sequence the how-manieth of its topic
 * @param acceptedAt when; never before that of the one before it
 */
public record Publication(long sequence, Instant acceptedAt, Message message) {}
