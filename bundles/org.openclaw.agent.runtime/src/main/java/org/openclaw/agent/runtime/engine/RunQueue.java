package org.openclaw.agent.runtime.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The turns that may begin, in the order of a {@link FairQueue}. Only so many are given to threads as keep those at work, and only
 * while the core keeps up with what is over; the others wait here, in order and small, and neither in the queue of whoever runs
 * threads, where none can overtake another, nor, with all that they have done, in that of the core. A turn that blocks does not count.
 * Belongs to the thread of the {@link Core}, but for what says otherwise.
 */
final class RunQueue {
    private final int mostStarting;
    private final int most;
    private final Core core;
    private final BiConsumer<Job, RunQueue> starter;
    private final FairQueue ready;
    /** How many wait in it, for other threads. */
    private volatile int waiting;
    /** How many have been started and have no thread yet. */
    private final AtomicInteger starting = new AtomicInteger();
    /** How many are over and wait for the core. */
    private final AtomicInteger over = new AtomicInteger();

    /**
     * @param mostStarting how many may wait for a thread
     * @param most how many may be ahead of threads and core
     * @param shares what tenants and types get
     * @param starter gives a turn a thread, which tells this queue
     */
    RunQueue(int mostStarting, int most, Shares shares, Core core, BiConsumer<Job, RunQueue> starter) {
        this.mostStarting = Math.min(mostStarting, most);
        this.most = most;
        this.core = core;
        this.starter = starter;
        ready = new FairQueue(shares);
    }

    /** A turn may begin. */
    void add(Job job) {
        ready.add(job);
        start();
    }

    private void start() {
        waiting = ready.size();
        while (starting.get() < mostStarting && starting.get() + over.get() < most) {
            var next = ready.poll();
            if (next == null) {
                break;
            }
            if (next.isWithdrawn()) {
                ready.ended(next);
            } else {
                starting.incrementAndGet();
                starter.accept(next, this);
            }
        }
        waiting = ready.size();
    }

    /** A turn has a thread. Thread-safe. */
    void begun() {
        if (starting.decrementAndGet() == mostStarting / 2 && waiting > 0) {
            core.submit(_ -> start());
        }
    }

    /** A turn is over; what came of it waits for the core. Thread-safe. */
    void ended(Job job, Core.Command outcome) {
        over.incrementAndGet();
        core.submit(into -> {
            over.decrementAndGet();
            ready.ended(job);
            outcome.decide(into);
            if (waiting > 0) {
                start();
            }
        });
    }

    /** None of those that wait shall begin any more. */
    void clear() {
        ready.clear();
        waiting = 0;
    }
}
