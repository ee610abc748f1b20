package org.openclaw.agent.runtime.engine;

/** A bound in count and bytes. Thread-safe. */
final class Budget {
    private final long maxCount;
    private final long maxBytes;
    private long count;
    private long bytes;

    Budget(long maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** Takes from the budget, or nothing at all when it does not fit. */
    synchronized boolean take(long messages, long size) {
        if (count + messages > maxCount || bytes + size > maxBytes) {
            return false;
        }
        count += messages;
        bytes += size;
        return true;
    }

    /** Takes from the budget even where nothing is left. */
    synchronized void force(long messages, long size) {
        count += messages;
        bytes += size;
    }

    synchronized void give(long messages, long size) {
        count -= messages;
        bytes -= size;
    }

    synchronized boolean isFull() {
        return count >= maxCount || bytes >= maxBytes;
    }

    synchronized long count() {
        return count;
    }

    synchronized long bytes() {
        return bytes;
    }
}
