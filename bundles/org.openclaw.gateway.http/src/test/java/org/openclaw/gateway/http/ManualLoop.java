package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A loop whose test says when it runs and what time it is. */
final class ManualLoop implements EventLoop {
    private record Later(long at, Runnable task) {}

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Later> later = new ArrayList<>();
    private long now;

    @Override
    public void run(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void after(Duration wait, Runnable task) {
        later.add(new Later(now + wait.toNanos(), task));
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void close() {
        settle();
    }

    /** Does all that is to be done now. */
    void settle() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Lets seconds pass, one after the other. */
    void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            now += Duration.ofSeconds(1).toNanos();
            var due = later.stream().filter(each -> each.at <= now).toList();
            later.removeAll(due);
            due.forEach(each -> tasks.add(each.task));
            settle();
        }
    }
}
