package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.TurnStore;
import org.openclaw.store.rocks.RocksTurnStore;

/**
 * Beside the plain store on RocksDB: whatever one of them is asked, the other says the same, also while checkpoints are written.
 *
 * <p>{@code -Djournal.seed=N} repeats a run.
 */
class DifferentialTest {
    private static final Options SMALL = new Options(16384, 2, 4, 2, 1 << 20, 1 << 20);
    private static final int COMMITS = 1500;
    private static final int CHECKED = 50;

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("journal.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    private final Workload workload = new Workload(random);

    @Test
    void saysWhatThePlainStoreSays() throws IOException {
        var model = new Model();
        var journal = JournalTurnStore.open(folder.resolve("journal"), SMALL);
        try (var plain = RocksTurnStore.open(folder.resolve("rocks"))) {
            for (int commit = 1; commit <= COMMITS; commit++) {
                var changes = workload.changes(model);
                journal.commit(changes);
                plain.commit(changes);
                model = model.with(changes);
                var when = "seed %d, commit %d".formatted(seed, commit);
                model.requireSomeOf(journal, random, workload, when);
                if (random.nextInt(CHECKED) == 0) {
                    requireSame(journal, plain, when);
                }
                if (random.nextInt(2 * CHECKED) == 0) {
                    journal.close();
                    journal = JournalTurnStore.open(folder.resolve("journal"), SMALL);
                }
            }
            requireSame(journal, plain, "seed %d, at last".formatted(seed));
        } finally {
            journal.close();
        }
    }

    private static void requireSame(TurnStore journal, TurnStore plain, String when) throws IOException {
        for (var kind : Kind.values()) {
            assertThat(shown(journal, kind)).as("%s: %s", when, kind).isEqualTo(shown(plain, kind));
            assertThat(journal.list(Key.first(kind), Key.end(kind), Integer.MAX_VALUE))
                    .as("%s: %s, listed", when, kind)
                    .isEqualTo(plain.list(Key.first(kind), Key.end(kind), Integer.MAX_VALUE));
        }
        Model.of(journal).requireSame(Model.of(plain), when);
    }

    private static List<String> shown(TurnStore store, Kind kind) throws IOException {
        return store.scan(Key.first(kind), Key.end(kind), Integer.MAX_VALUE).stream()
                .map(entry -> entry.key() + "=" + Arrays.toString(entry.value()))
                .toList();
    }
}
