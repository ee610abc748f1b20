package org.openclaw.capability;

import org.osgi.annotation.versioning.ConsumerType;

/** Brings notices to people: by a pager, a chat, a mailbox. Which one is up to the provider, and its configuration. */
@ConsumerType
public interface Channel {
    /**
     * Delivers a notice, or fails. May block; called from many threads at the same time.
     *
     * @throws Exception it was not delivered, or nobody knows
     */
    void deliver(Notice notice) throws Exception;
}
