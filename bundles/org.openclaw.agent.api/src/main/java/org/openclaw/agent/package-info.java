/**
 * What an agent author implements and is given.
 *
 * <p>Start at {@link org.openclaw.agent.Agent}. An agent type is a Declarative Services component that implements it and
 * carries {@link org.openclaw.agent.AgentType}; {@link org.openclaw.agent.Turn} is its hand on the outside world.
 * {@link org.openclaw.agent.Agents} is for doors and tools that look after agents, {@link org.openclaw.agent.AgentEvents} for
 * those that watch them, {@link org.openclaw.agent.Previews} for those that watch a reply come into being.
 */
@Export
@Version("0.6.0")
@NullMarked
package org.openclaw.agent;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
