package org.openclaw.agent.runtime.engine;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.TurnLimits;
import org.openclaw.message.Tenant;

/**
 * The turns that may begin, in the order of a {@link FairQueue}. A thread is asked for, and takes the turn that is next when it runs:
 * not before, so that nobody is overtaken by those who came later only because they wait for a thread already. Only so many threads
 * are asked for as keep those at work, and only while the core keeps up with what is over. A turn that blocks does not count.
 * Thread-safe.
 *
 * <p>The core only leaves word of what has changed, and never waits for a lock: whoever takes a turn looks at that first. A thread
 * gives back its place among those that were asked for before it looks. So whoever leaves word either sees a place free, or the
 * thread that has it sees the word.
 */
final class RunQueue {
    private final int mostStarting;
    private final int most;
    private final Core core;
    private final Surroundings world;
    private final Consumer<RunQueue> starter;
    private final Queue<Consumer<FairQueue>> changes = new ConcurrentLinkedQueue<>();
    /** How many may begin, or will be allowed to. */
    private final AtomicInteger waiting = new AtomicInteger();
    /** How many threads were asked for that have not taken a turn yet. */
    private final AtomicInteger starting = new AtomicInteger();
    /** How many turns are over and wait for the core. */
    private final AtomicInteger over = new AtomicInteger();

    private volatile boolean closed;
    /** Has this object's lock, as all below. */
    private final FairQueue ready;
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
        changes.add(queue -> queue.add(job));
        waiting.incrementAndGet();
        wake();
    }

    /** Asks for a thread, if one may have something to do. */
    void wake() {
        for (int now = starting.get(); mayStart(now); now = starting.get()) {
            if (starting.compareAndSet(now, now + 1)) {
                starter.accept(this);
                return;
            }
        }
    }

    private boolean mayStart(int now) {
        return !closed && now < Math.min(mostStarting, waiting.get()) && now + over.get() < most;
    }

    /** A thread has come; the turn that it has begun, or null when none may begin at present. */
    @Nullable
    Job take() {
        starting.decrementAndGet();
        var taken = claim();
        if (taken != null) {
            wake();
        }
        return taken;
    }

    private synchronized @Nullable Job claim() {
        catchUp();
        for (var next = closed ? null : ready.poll(); next != null; next = ready.poll()) {
            waiting.decrementAndGet();
            if (next.claim()) {
                return next;
            }
            ready.ended(next, false); // taken back at this very moment
        }
        alarm();
        return null;
    }

    private void catchUp() {
        for (var change = changes.poll(); change != null; change = changes.poll()) {
            change.accept(ready);
        }
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

    /** One that has not begun was taken back. */
    synchronized void remove(Job job) {
        catchUp();
        if (ready.remove(job)) {
            waiting.decrementAndGet();
        }
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
        over.incrementAndGet();
        core.submit(job.cell().name().tenant(), into -> {
            over.decrementAndGet();
            changes.add(queue -> queue.ended(job, ran));
            outcome.decide(into);
            wake();
        });
    }

    /** See {@link FairQueue#limits}. */
    synchronized List<TurnLimits> limits(Tenant of) {
        catchUp();
        return ready.limits(of);
    }

    /** None begins any more. */
    synchronized void close() {
        closed = true;
        catchUp();
        ready.clear();
        waiting.set(0);
    }
}
