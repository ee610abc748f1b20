package org.openclaw.store.rocks;

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
import org.openclaw.store.TurnStore;

/** A process commits, says so, and is killed in the middle: again and again on the same folder. */
class KilledCommitterTest {
    private static final int KILLS = 8;
    private static final int KEPT = 10;

    @TempDir
    private Path folder;

    /** Runs until it is killed: {@code FOLDER}. Prints the number of each commit that has returned. */
    static final class Committer {
        private Committer() {}

        static void main(String[] arguments) throws IOException {
            try (var store = RocksTurnStore.open(Path.of(arguments[0]))) {
                long number = committed(store);
                while (true) {
                    number++;
                    store.commit(List.of(
                            new Change.Put(Key.agent(1), bytes(number)),
                            new Change.Put(Key.inbox(1, number), bytes(number)),
                            new Change.Remove(Key.inbox(1, number - KEPT))));
                    System.out.println(number);
                    System.out.flush();
                }
            }
        }
    }

    private static long committed(TurnStore store) throws IOException {
        return store.get(Key.agent(1))
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Test
    void hasEveryCommitThatHasReturnedAndEachAsAWhole() throws Exception {
        long seed = System.nanoTime();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            long acknowledged = runAndKill(1 + random.nextInt(300));
            try (var store = RocksTurnStore.open(folder)) {
                long committed = committed(store);
                assertThat(committed)
                        .as("seed %d, kill %d: the last commit", seed, kill)
                        .isBetween(acknowledged, acknowledged + 1);
                var kept = LongStream.rangeClosed(Math.max(1, committed - KEPT + 1), committed)
                        .boxed()
                        .toList();
                assertThat(store.scan(Key.inbox(1, 0), Key.inbox(1, -1), 100))
                        .as("seed %d, kill %d: what the commits left", seed, kill)
                        .extracting(entry -> ByteBuffer.wrap(entry.value()).getLong())
                        .isEqualTo(kept);
            }
        }
    }

    /** The number of the last commit that it has told of. */
    private long runAndKill(int after) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Committer.class.getName(), folder.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        long last = 0;
        try (var lines = process.inputReader()) {
            int seen = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(line).as("what the process says").matches("\\d+");
                last = Long.parseLong(line);
                if (++seen == after) {
                    // the process itself would close its streams, with the last lines in them
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        return last;
    }
}
