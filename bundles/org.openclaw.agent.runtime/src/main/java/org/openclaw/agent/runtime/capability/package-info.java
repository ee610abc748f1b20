/**
 * What stands between agents and the providers of capabilities: one facade for each, its limits, and the record of its
 * calls. {@link org.openclaw.agent.runtime.capability.Guards} is where to start.
 */
@NullMarked
package org.openclaw.agent.runtime.capability;

import org.jspecify.annotations.NullMarked;
