package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;

/** A process commits and says so, until it is killed in the middle or the disk takes no more. */
class CommitterProcessTest {
    private static final int KILLS = 8;
    private static final int KEPT = 10;
    /** So small that checkpoints are written all the time. */
    private static final long SMALL = 16 << 10;

    private static final long LARGE = 64 << 20;

    @TempDir
    private Path folder;

    /**
     * Runs until it is killed, or a commit fails: {@code FOLDER SEGMENT BYTES}. Prints the number of each commit that has
     * returned, and the codes of one that failed and of a smaller one in its place.
     */
    static final class Committer {
        private Committer() {}

        static void main(String[] arguments) throws IOException {
            try (var store = JournalTurnStore.open(Path.of(arguments[0]), options(Long.parseLong(arguments[1])))) {
                long number = committed(store);
                int size = Integer.parseInt(arguments[2]);
                while (true) {
                    number++;
                    try {
                        store.commit(changes(number, size));
                    } catch (StoreException failed) {
                        System.out.println(failed.code() + " " + codeOfSmaller(store, number));
                        return;
                    }
                    System.out.println(number);
                }
            }
        }

        private static String codeOfSmaller(TurnStore store, long number) {
            try {
                store.commit(changes(number, Long.BYTES));
                return "accepted";
            } catch (StoreException refused) {
                return refused.code();
            }
        }
    }

    private static Options options(long segment) {
        return new Options(segment, 2, 4, 2, 1 << 20, 1 << 20);
    }

    private static List<Change> changes(long number, int size) {
        return List.of(
                new Change.Put(Key.agent(1), bytes(number, size)),
                new Change.Put(Key.inbox(1, number), bytes(number, Long.BYTES)),
                new Change.Remove(Key.inbox(1, number - KEPT)));
    }

    private static long committed(TurnStore store) throws IOException {
        return store.get(Key.agent(1))
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
    }

    private static byte[] bytes(long number, int size) {
        return ByteBuffer.allocate(size).putLong(number).array();
    }

    @Test
    void hasEveryCommitThatHasReturnedAndEachAsAWhole() throws Exception {
        long seed = System.nanoTime();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            var said = run(List.of(), SMALL, Long.BYTES, 1 + random.nextInt(1500));
            try (var store = JournalTurnStore.open(folder, options(SMALL))) {
                requireWhole(store, Long.parseLong(said.getLast()), "seed %d, kill %d".formatted(seed, kill));
            }
        }
    }

    /**
     * The shell lets no file grow beyond 40 MiB, as a full disk would: room for the native library and the first segment, not
     * for the next one.
     */
    @Test
    void refusesWhatAFullDiskHasNoRoomForAndGoesOnWithWhatFits() throws Exception {
        var limited = List.of("sh", "-c", "ulimit -f 81920; exec \"$0\" \"$@\"");
        var said = run(limited, LARGE, 500_000, Integer.MAX_VALUE);
        assertThat(said.getLast())
                .as("of the commit that failed, and of a smaller one")
                .isEqualTo("journal.disk-full accepted");
        assertThat(said).as("commits before").hasSizeGreaterThan(5);
        try (var store = JournalTurnStore.open(folder, options(LARGE))) {
            long acknowledged = Long.parseLong(said.get(said.size() - 2)) + 1;
            requireWhole(store, acknowledged, "after the disk was full");
            assertThat(committed(store)).isEqualTo(acknowledged);
            store.commit(changes(acknowledged + 1, 5_000_000));
        }
    }

    private static void requireWhole(TurnStore store, long acknowledged, String when) throws IOException {
        long committed = committed(store);
        assertThat(committed).as("%s: the last commit", when).isBetween(acknowledged, acknowledged + 1);
        var kept = LongStream.rangeClosed(Math.max(1, committed - KEPT + 1), committed)
                .boxed()
                .toList();
        assertThat(store.scan(Key.inbox(1, 0), Key.inbox(1, -1), 100))
                .as("%s: what the commits left", when)
                .extracting(entry -> ByteBuffer.wrap(entry.value()).getLong())
                .isEqualTo(kept);
    }

    /** What it says until its end; it is killed after so many lines. */
    private List<String> run(List<String> prefix, long segment, int size, int after)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(
                List.of(Committer.class.getName(), folder.toString(), Long.toString(segment), Integer.toString(size)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new ArrayList<String>();
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (said.size() == after) {
                    // the process itself would close its streams, with the last lines in them
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        return said;
    }
}
