package org.openclaw.telemetry;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of every event: a whiteboard service. It gets them one at a time, in their order, from its registration on.
 *
 * <p>Called on a thread that all sinks share: return quickly, and take what lasts to a thread of your own. A sink that throws is
 * logged by name and goes on getting events; one that is slow delays the other sinks, and is logged, too.
 */
@ConsumerType
public interface EventSink {
    /** Takes an event; must not block. */
    void accept(RuntimeEvent event);
}
