package org.openclaw.gateway.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openclaw.agent.Preview;
import org.openclaw.agent.PreviewId;
import org.openclaw.agent.Previews;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/** What a test shows. Thread-safe. */
final class ShownPreviews implements Previews {
    private final Map<ReceiptId, Run> runs = new HashMap<>();
    private final List<Bell> bells = new CopyOnWriteArrayList<>();
    private long changes;

    /** @param forgotten how much of its beginning is */
    private record Run(int number, String text, int forgotten) {}

    /** One more piece of the present run. */
    void show(String receipt, String text) {
        put(receipt, of(receipt).orElse(new Run(1, "", 0)), text, 0);
    }

    /** The first piece of the next run. */
    void repeat(String receipt, String text) {
        put(receipt, new Run(of(receipt).map(Run::number).orElse(0) + 1, "", 0), text, 0);
    }

    /** So much of the beginning of the present run is forgotten. */
    void forget(String receipt, int count) {
        put(receipt, of(receipt).orElseThrow(), "", count);
    }

    private synchronized Optional<Run> of(String receipt) {
        return Optional.ofNullable(runs.get(new ReceiptId(receipt)));
    }

    private void put(String receipt, Run run, String text, int forgotten) {
        synchronized (this) {
            runs.put(new ReceiptId(receipt), new Run(run.number, run.text + text, forgotten));
            changes++;
        }
        bells.forEach(Bell::ring);
    }

    @Override
    public synchronized Optional<Preview> read(Tenant tenant, ReceiptId receipt, PreviewId after, int limit) {
        var run = runs.get(receipt);
        if (run == null) {
            return Optional.empty();
        }
        int read = after.run() == run.number ? (int) after.offset() : 0;
        int from = Math.max(read, run.forgotten);
        int to = Math.min(run.text.length(), from + limit);
        return from == to
                ? Optional.empty()
                : Optional.of(new Preview(
                        from,
                        run.text.substring(from, to),
                        read < from,
                        new PreviewId(run.number, Math.max(run.number, after.attempt()), to)));
    }

    @Override
    public synchronized long changes() {
        return changes;
    }

    @Override
    public Watch watch(Runnable more) {
        var bell = new Bell(more);
        bells.add(bell);
        return bell;
    }

    /** How many watch. */
    int watches() {
        return bells.size();
    }

    private final class Bell implements Watch {
        private final Runnable more;
        private boolean armed;

        Bell(Runnable more) {
            this.more = more;
        }

        void ring() {
            boolean calls;
            synchronized (this) {
                calls = armed;
                armed = false;
            }
            if (calls) {
                more.run();
            }
        }

        @Override
        public void arm(long seen) {
            synchronized (this) {
                armed = true;
            }
            if (changes() != seen) {
                ring();
            }
        }

        @Override
        public void close() {
            bells.remove(this);
        }
    }
}
