/**
 * What happens on this node, and how it is.
 *
 * <p>Start at {@link org.openclaw.telemetry.NodeHealth} to see how the node is; at {@link org.openclaw.telemetry.Events} to
 * tell what happens, and at {@link org.openclaw.telemetry.EventSink} to hear it. {@link org.openclaw.telemetry.Vitals} is
 * implemented by the agent runtime, sinks by whoever wants to know.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.openclaw.telemetry;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
