package org.openclaw.launcher.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.TrustStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trust store as it is now: whoever asks for it gets it with every change that has been made to its files, seen by their
 * names, sizes and times. A platform thread of its own looks twice a second too, so that a revocation does not wait for busy
 * virtual threads; once an hour it calls its listeners anyway, because time alone makes certificates and lists expire.
 */
final class TrustWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrustWatch.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS_PER_HOUR = (int) (Duration.ofHours(1).toMillis() / POLL.toMillis());

    private final Path folder;
    private final ScheduledExecutorService thread;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private TrustStore store;
    private String seen;
    private volatile Optional<Runnable> first = Optional.empty();
    private boolean unannounced;
    private int polls;

    TrustWatch(Path folder, long serialSeen) {
        this.folder = folder;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("openclaw-trust").factory());
        // taken before the store is read: a change in between shows at the first poll
        this.seen = TrustStore.state(folder);
        this.store = TrustStore.load(folder, serialSeen);
        report();
    }

    synchronized TrustStore store() {
        refresh();
        return store;
    }

    private void refresh() {
        var state = TrustStore.state(folder);
        if (!state.equals(seen)) {
            seen = state;
            store = store.reload();
            unannounced = true;
            LOG.info("The trust store {} has changed; it has the publishers {}", folder, store.publisherNames());
            report();
        }
    }

    /** Begins to look; {@code newFirst} is called before the listeners at each change. */
    void start(Runnable newFirst) {
        first = Optional.of(newFirst);
        // the future ends with the thread; a poll reports its own failures
        var _ = thread.scheduleWithFixedDelay(this::poll, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks as soon as it can, on its own thread; before it has begun and after its end nothing happens. */
    void lookNow() {
        try {
            thread.execute(this::poll);
        } catch (RejectedExecutionException ended) {
            LOG.debug("The watch on {} has ended", folder);
        }
    }

    AutoCloseable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Keeps how far the revocation list has come, so that an older one is noticed after a restart too. */
    void remember(RevocationSerial serial) {
        try {
            serial.remember(store().serial());
        } catch (IOException failed) {
            LOG.warn("Cannot remember the serial of the revocation list: {}", failed.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void poll() {
        try {
            var judge = first;
            if (judge.isEmpty() || !isDue()) {
                return;
            }
            judge.get().run();
            listeners.forEach(TrustWatch::call);
        } catch (RuntimeException failed) {
            // the next poll must come, whatever happened in this one
            LOG.error("Looking at the trust store {} failed", folder, failed);
        }
    }

    private synchronized boolean isDue() {
        refresh();
        polls++;
        if (!unannounced && polls < POLLS_PER_HOUR) {
            return false;
        }
        unannounced = false;
        polls = 0;
        return true;
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException failed) {
            LOG.error("A listener of the trust store failed", failed);
        }
    }

    private void report() {
        store.problems().stream().map(Verdict.Flag::text).forEach(LOG::warn);
    }
}
