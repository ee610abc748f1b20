package org.openclaw.telemetry;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what happens to every {@link EventSink}. The one way to publish: a service that whoever has something to tell uses
 * while it is there, by an optional and dynamic reference, and does without while it is not.
 */
@ProviderType
public interface Events {
    /**
     * Takes the event to every sink, soon, on another thread. Returns at once and never throws, whatever the sinks do; may be
     * called while locks are held. Events of one thread reach each sink in their order. When events come faster than the sinks
     * take them, some are dropped, and an event {@code events.dropped} says how many.
     */
    void publish(RuntimeEvent event);
}
