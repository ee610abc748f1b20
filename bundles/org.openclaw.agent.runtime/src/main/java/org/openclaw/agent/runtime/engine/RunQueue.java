package org.openclaw.agent.runtime.engine;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The turns that may begin: whose message has waited longest comes first. Only so many are given to threads as keep threads and
 * core at work; the others wait here, in order and small, and neither in the queue of whoever runs threads nor, with all that they
 * have done, in that of the core. A turn that blocks does not count. Belongs to the thread of the {@link Core}, but for what says
 * otherwise.
 */
final class RunQueue {
    private final int most;
    private final Core core;
    private final BiConsumer<Job, RunQueue> starter;
    private final PriorityQueue<Job> ready = new PriorityQueue<>(Comparator.comparingLong(Job::number));
    /** How many wait in it, for other threads. */
    private volatile int waiting;
    /** How many have been started and have no thread yet, or are over and wait for the core. */
    private final AtomicInteger under = new AtomicInteger();

    /**
     * @param most how many may be ahead of threads and core
     * @param starter gives a turn a thread, which tells this queue
     */
    RunQueue(int most, Core core, BiConsumer<Job, RunQueue> starter) {
        this.most = most;
        this.core = core;
        this.starter = starter;
    }

    /** A turn may begin. */
    void add(Job job) {
        ready.add(job);
        start();
    }

    private void start() {
        waiting = ready.size();
        while (under.get() < most) {
            var next = ready.poll();
            waiting = ready.size();
            if (next == null) {
                return;
            }
            if (!next.isWithdrawn()) {
                under.incrementAndGet();
                starter.accept(next, this);
            }
        }
    }

    /** A turn has a thread. Thread-safe. */
    void begun() {
        if (under.decrementAndGet() == most / 2 && waiting > 0) {
            core.submit(_ -> start());
        }
    }

    /** A turn is over; what came of it waits for the core. Thread-safe. */
    void ended(Core.Command outcome) {
        under.incrementAndGet();
        core.submit(into -> {
            under.decrementAndGet();
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
