package org.openclaw.agent;

/** What came of purging an agent. */
public enum Purged {
    /** All that there was of it is gone; its address begins anew. */
    DONE,
    /** There is no such agent, retired or not. */
    UNKNOWN,
    /** Its turn is under way: nothing has changed. */
    BUSY
}
