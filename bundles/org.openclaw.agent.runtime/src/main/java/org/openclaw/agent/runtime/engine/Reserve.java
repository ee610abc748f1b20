package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Room for what agents send and timers bring, beyond the bound of the door. A commit never waits for a receiver: what a
 * turn has sent is always taken. When the reserve is used up, the <em>next</em> turn of a sender waits until it is not, or
 * for a while, so that agents which wait for each other go on. Since that alone would not end growth, a turn that would
 * take more than twice the reserve fails. Thread-safe.
 */
final class Reserve {
    private final Budget soft;
    private final Budget hard;
    private final Map<Object, Runnable> slowed = new LinkedHashMap<>();

    Reserve(long messages, long bytes) {
        soft = new Budget(messages, bytes);
        hard = new Budget(2 * messages, 2 * bytes);
    }

    /** Room for all that a turn has sent, or none. */
    synchronized boolean take(int messages, long bytes) {
        if (messages == 0) {
            return true;
        }
        if (!hard.take(messages, bytes)) {
            return false;
        }
        soft.force(messages, bytes);
        return true;
    }

    /** Room for the message of a timer, which cannot be refused any more; timers are bounded per agent. */
    synchronized void force(long bytes) {
        soft.force(1, bytes);
        hard.force(1, bytes);
    }

    void give(long messages, long bytes) {
        List<Runnable> released = List.of();
        synchronized (this) {
            soft.give(messages, bytes);
            hard.give(messages, bytes);
            if (!soft.isFull() && !slowed.isEmpty()) {
                released = new ArrayList<>(slowed.values());
                slowed.clear();
            }
        }
        released.forEach(Runnable::run);
    }

    /** How many messages it holds. */
    long count() {
        return soft.count();
    }

    synchronized boolean isUsedUp() {
        return soft.isFull();
    }

    /** Runs {@code resume} once there is room again, which may be at once. A sender waits once at a time. */
    void slow(Object sender, Runnable resume) {
        synchronized (this) {
            if (soft.isFull()) {
                slowed.put(sender, resume);
                return;
            }
        }
        resume.run();
    }
}
