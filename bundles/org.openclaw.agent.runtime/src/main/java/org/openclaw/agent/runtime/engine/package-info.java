/**
 * The way of a message: acceptance, inboxes, turns, queries, timers. Plain Java; time, threads and randomness are
 * injected. Start at {@link org.openclaw.agent.runtime.engine.Engine}; {@code Core} says how it decides.
 */
@NullMarked
package org.openclaw.agent.runtime.engine;

import org.jspecify.annotations.NullMarked;
