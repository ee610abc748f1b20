/**
 * What plugins offer to agents.
 *
 * <p>A plugin registers a service, of any interface, with {@link org.openclaw.capability.ProvidesCapability}. For each
 * name the runtime registers one lasting facade of the same interface with the service property
 * {@code capability.name}; agents reference the facade. Providers come, go and are replaced behind it: a call in flight
 * ends where it began, and a call that finds no provider waits for one. The facade also keeps the limits that an operator
 * has configured; a call beyond them fails with a {@link org.openclaw.capability.CapabilityException}.
 *
 * <p>{@link org.openclaw.capability.Capabilities} shows all of that. It is implemented by the runtime.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.openclaw.capability;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
