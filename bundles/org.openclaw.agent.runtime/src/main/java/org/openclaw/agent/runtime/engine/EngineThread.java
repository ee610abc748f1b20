package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread on which the engine decides, or commits. A platform thread, so that handlers which use up all carriers of virtual
 * threads do not keep it from going on.
 */
public final class EngineThread implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(EngineThread.class);
    /** Where so few wait for a commit, to wake another thread would be the longest part of it. */
    private static final int FEW = 8;

    private static final Duration TO_END = Duration.ofSeconds(5);

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    public EngineThread(String name) {
        thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(this::run);
    }

    /** Behind its end a task runs on the thread of the caller: it only tells that there is nothing any more. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        LockSupport.unpark(thread);
        if (!thread.isAlive() && tasks.remove(task)) {
            guarded(task);
        }
    }

    /** Runs a commit on this thread; one that few decisions share on the thread of the caller, who has nothing else to do. */
    public void commit(int commands, Runnable commit) {
        if (commands <= FEW) {
            commit.run();
        } else {
            execute(commit);
        }
    }

    private void run() {
        while (true) {
            var task = tasks.poll();
            if (task != null) {
                guarded(task);
            } else if (closed) {
                return;
            } else {
                LockSupport.park(this);
            }
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            LOG.error("A thread of the engine has failed. Start this node again.", broken);
        }
    }

    /** Ends when everything given to it so far is done. */
    public void close() throws InterruptedException {
        closed = true;
        LockSupport.unpark(thread);
        thread.join(TO_END);
    }
}
