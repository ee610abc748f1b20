package org.openclaw.capability;

import java.util.Optional;

/**
 * What a {@link Channel} brings to people.
 *
 * @param to whom: what that means is agreed upon with the provider, a team or a level of escalation for example
 * @param text what is to be known
 * @param signal the id of a signal that whoever reads it is to answer, with {@code POST /v1/signals/{id}}; empty when nobody waits
 * @param idempotencyKey the same when the same notice is delivered again, so that it can be recognised
 */
public record Notice(String to, String text, Optional<String> signal, String idempotencyKey) {}
