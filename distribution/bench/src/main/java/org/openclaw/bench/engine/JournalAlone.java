package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.TurnStore;
import org.openclaw.store.journal.JournalTurnStore;
import org.openclaw.store.journal.Options;

/**
 * What the journal commits a second without an engine above it, by the size of the batch, beside what the disk does at best:
 * each turn takes a message out of an inbox, puts a record of an agent and a message for another. Every commit is forced.
 *
 * <p>Arguments: {@code [SECONDS]} for each size of batch.
 */
final class JournalAlone {
    private static final int AGENTS = 100_000;
    private static final int AGENT_BYTES = 260;
    private static final int INBOX_BYTES = 420;
    private static final int[] BATCHES = {1, 64, 256, 1024};
    private static final long SLICE_NANOS = 500_000_000;
    private static final int PAGE = 4096;
    private static final int APPENDS = 2000;
    private static final int USUAL_SECONDS = 20;

    private final TurnStore store;
    private final SplittableRandom random = new SplittableRandom(1);
    /** The message that waits for each agent. */
    private final long[] waiting = new long[AGENTS];

    private long messages;

    /** A message waits for every agent. */
    JournalAlone(TurnStore store) throws IOException {
        this.store = store;
        fill();
    }

    public static void main(String[] arguments) throws IOException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : USUAL_SECONDS;
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        try (var store = JournalTurnStore.open(folder.resolve("journal"), Options.ofThisMachine())) {
            var alone = new JournalAlone(store);
            for (int batch : BATCHES) {
                var force = force(folder.resolve("raw"));
                var rates = alone.rates(batch, seconds);
                System.out.printf(
                        Locale.ROOT,
                        "journal: batches of %4d  %,9.0f turns/s median of the last three quarters, best %,9.0f; %.0f us a commit; raw fdatasync of 4 KB p50 %.0f us%n",
                        batch,
                        median(rates),
                        rates[rates.length - 1],
                        batch * 1e6 / median(rates),
                        force);
            }
        } finally {
            DurableTurns.delete(folder);
        }
    }

    private void fill() throws IOException {
        var changes = new ArrayList<Change>();
        for (int agent = 0; agent < AGENTS; agent++) {
            changes.add(new Change.Put(Key.agent(agent), bytes(AGENT_BYTES)));
            changes.add(send(agent));
            if (changes.size() >= 1000) {
                store.commit(changes);
                changes.clear();
            }
        }
        store.commit(changes);
    }

    private Change send(int agent) {
        waiting[agent] = ++messages;
        return new Change.Put(Key.inbox(agent, messages), bytes(INBOX_BYTES));
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Turns a second in each slice, the last three quarters of them in order. */
    double[] rates(int batch, int seconds) throws IOException {
        var rates = new double[(int) (TimeUnit.SECONDS.toNanos(seconds) / SLICE_NANOS)];
        for (int slice = 0; slice < rates.length; slice++) {
            long start = System.nanoTime();
            long turns = 0;
            long now = start;
            while (now - start < SLICE_NANOS) {
                commit(batch);
                turns += batch;
                now = System.nanoTime();
            }
            rates[slice] = turns * 1e9 / (now - start);
        }
        Arrays.sort(rates, rates.length / 4, rates.length);
        return rates;
    }

    private void commit(int batch) throws IOException {
        List<Change> changes = new ArrayList<>(3 * batch);
        for (int turn = 0; turn < batch; turn++) {
            int agent = random.nextInt(AGENTS);
            changes.add(new Change.Remove(Key.inbox(agent, waiting[agent])));
            changes.add(new Change.Put(Key.agent(agent), bytes(AGENT_BYTES)));
            // to the same agent, so that one waits for each again
            changes.add(send(agent));
        }
        store.commit(changes);
    }

    /** Of the last three quarters. */
    static double median(double[] rates) {
        int from = rates.length / 4;
        return rates[from + (rates.length - from) / 2];
    }

    /** Microseconds to write a page into a file of zeros and force it: the median. */
    private static double force(Path file) throws IOException {
        var took = new long[APPENDS];
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocateDirect(APPENDS * PAGE), 0);
            channel.force(true);
            var page = ByteBuffer.allocateDirect(PAGE);
            for (int append = 0; append < APPENDS; append++) {
                page.clear().putInt(0, append + 1);
                long start = System.nanoTime();
                channel.write(page, (long) append * PAGE);
                channel.force(false);
                took[append] = System.nanoTime() - start;
            }
        }
        Arrays.sort(took);
        return took[APPENDS / 2] / 1e3;
    }
}
