package org.openclaw.example.triage;

import org.openclaw.capability.Channel;
import org.openclaw.capability.Notice;
import org.openclaw.capability.ProvidesCapability;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes notices into the log. A bundle with a higher version that provides {@code notify} takes over: a pager, say. */
@Component
@ProvidesCapability("notify")
public final class LogChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(LogChannel.class);

    @Override
    public void deliver(Notice notice) {
        LOG.warn(
                "To {}: {}{}",
                notice.to(),
                notice.text(),
                notice.signal()
                        .map(id -> " Acknowledge it: claw signals answer " + id + " '{\"by\":\"YOUR NAME\"}'")
                        .orElse(""));
    }
}
