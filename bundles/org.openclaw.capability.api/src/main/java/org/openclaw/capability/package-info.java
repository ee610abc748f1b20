/**
 * What plugins offer to agents.
 *
 * <p>A plugin registers a service, of any interface, with {@link org.openclaw.capability.ProvidesCapability}. For each
 * name the runtime registers one lasting facade of the same interface with the service property
 * {@code capability.name}; agents reference the facade. Providers come, go and are replaced behind it: a call in flight
 * ends where it began.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.openclaw.capability;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
