package org.openclaw.agent.runtime.engine;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.TurnLimits;
import org.openclaw.message.Tenant;

/**
 * The turns that may begin, in the order of a {@link FairQueue}. A thread is asked for, and takes the turn that is next when it runs:
 * not before, so that nobody is overtaken by those who came later only because they wait for a thread already. Only so many threads
 * are asked for as keep those at work, and only while the core keeps up with what is over. A turn that blocks does not count.
 * Thread-safe.
 */
final class RunQueue {
    private final int mostStarting;
    private final int most;
    private final Core core;
    private final Surroundings world;
    private final Consumer<RunQueue> starter;
    private final FairQueue ready;
    /** How many threads were asked for that have not taken a turn yet. */
    private int starting;
    /** How many turns are over and wait for the core. */
    private int over;

    private boolean closed;
    /** When somebody looks again whether a turn may begin that may not yet. */
    private Alarms.@Nullable Slot alarm;

    /**
     * @param mostStarting how many may wait for a thread
     * @param most how many may be ahead of threads and core
     * @param shares what tenants and types get
     * @param starter gets a thread that takes a turn
     */
    RunQueue(int mostStarting, int most, Shares shares, Core core, Surroundings world, Consumer<RunQueue> starter) {
        this.mostStarting = Math.min(mostStarting, most);
        this.most = most;
        this.core = core;
        this.world = world;
        this.starter = starter;
        ready = new FairQueue(shares, world.nanos());
    }

    /** A turn may begin. */
    void add(Job job) {
        synchronized (this) {
            ready.add(job);
        }
        wake();
    }

    /** One that has not begun was taken back. */
    synchronized void remove(Job job) {
        ready.remove(job);
    }

    /** Asks for a thread, if one has something to do. */
    void wake() {
        if (asks()) {
            starter.accept(this);
        }
    }

    private synchronized boolean asks() {
        if (closed || starting >= Math.min(mostStarting, ready.size()) || starting + over >= most) {
            return false;
        }
        if (ready.hasNext()) {
            starting++;
            return true;
        }
        alarm();
        return false;
    }

    private void alarm() {
        var opens = ready.opensIn().map(world.clock().instant()::plus);
        var set = alarm;
        if (set != null && opens.filter(set.due()::isAfter).isPresent()) {
            world.alarms().cancel(set); // another one opens before it, or the clock was set back
            alarm = null;
        }
        if (alarm == null && opens.isPresent()) {
            alarm = world.alarms().set(opens.get(), this::rang);
        }
    }

    private void rang() {
        synchronized (this) {
            alarm = null;
        }
        wake();
    }

    /** A thread has come; the turn that it has begun, or null when none may begin any more. */
    @Nullable
    Job take() {
        var taken = claim();
        wake();
        return taken;
    }

    private synchronized @Nullable Job claim() {
        starting--;
        for (var next = closed ? null : ready.poll(); next != null; next = ready.poll()) {
            if (next.claim()) {
                return next;
            }
            ready.ended(next, false); // taken back at this very moment
        }
        return null;
    }

    /** A turn is over; what came of it waits for the core. */
    void ended(Job job, Core.Command outcome) {
        ended(job, true, outcome);
    }

    /** The same with one that could not begin. */
    void notRun(Job job, Core.Command outcome) {
        ended(job, false, outcome);
    }

    private void ended(Job job, boolean ran, Core.Command outcome) {
        synchronized (this) {
            over++;
        }
        core.submit(job.cell().name().tenant(), into -> {
            synchronized (this) {
                over--;
                ready.ended(job, ran);
            }
            outcome.decide(into);
            wake();
        });
    }

    /** See {@link FairQueue#limits}. */
    synchronized List<TurnLimits> limits(Tenant of) {
        return ready.limits(of);
    }

    /** None begins any more. */
    synchronized void close() {
        closed = true;
        ready.clear();
    }
}
