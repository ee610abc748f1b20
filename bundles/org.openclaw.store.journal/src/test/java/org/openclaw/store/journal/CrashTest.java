package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.openclaw.store.StoreException;

/**
 * Whatever the disk does, whenever it does it, whatever goes on beside the commits: every commit that has returned is there
 * after the next opening, at most one more, and nothing else.
 *
 * <p>{@code -Djournal.seed=N} repeats one run, {@code -Djournal.runs=N} says how many there are.
 */
class CrashTest {
    private static final Options SMALL = new Options(4096, 2, 4, 2, 1, 1);
    private static final int LIVES = 6;

    @Test
    void hasEveryCommitThatHasReturnedAndAtMostOneMore() throws IOException {
        var seed = Long.getLong("journal.seed");
        if (seed != null) {
            new Run(seed).survive();
            return;
        }
        long first = System.nanoTime();
        for (long run = 0; run < Long.getLong("journal.runs", 400); run++) {
            new Run(first + run).survive();
        }
    }

    /** Several lives of one store on one disk. */
    private static final class Run {
        private final long seed;
        private final RandomGenerator random;
        private final SimulatedDisk disk;
        private final SimulatedCheckpoints checkpoints;
        private final Workload workload;
        private Model committed = new Model();
        /** What the disk holds, too, if a commit that has failed took place. */
        private Optional<Model> perhaps = Optional.empty();

        Run(long seed) {
            this.seed = seed;
            this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            this.disk = new SimulatedDisk(random);
            this.checkpoints = new SimulatedCheckpoints(disk, random);
            this.workload = new Workload(random);
        }

        void survive() throws IOException {
            for (int life = 0; life < LIVES; life++) {
                var when = "seed %d, life %d".formatted(seed, life);
                try {
                    live(when);
                } catch (AssertionError | RuntimeException failed) {
                    throw new AssertionError(when, failed);
                }
                // the process ends; sometimes the power does, too
                if (disk.hasFailed() || random.nextInt(3) > 0) {
                    disk.crash();
                    checkpoints.crash();
                }
                disk.failAfter(Long.MAX_VALUE);
                disk.full(false);
            }
            try (var store = open()) {
                judge(store, "seed %d, at last".formatted(seed));
            }
        }

        private JournalTurnStore open() throws IOException {
            return JournalTurnStore.open(disk, checkpoints, SMALL, random::nextLong);
        }

        private void live(String when) {
            if (random.nextInt(4) == 0) {
                disk.failOnceAfter(random.nextInt(400));
            } else {
                disk.failAfter(random.nextInt(400));
            }
            boolean judged = false;
            try {
                var store = open();
                judge(store, when);
                judged = true;
                for (int step = random.nextInt(400); step > 0; step--) {
                    step(store, when);
                }
                if (random.nextBoolean()) {
                    store.close();
                }
            } catch (IOException failed) {
                assertThat(disk.hasFailed()).as("%s: %s", when, failed).isTrue();
                if (!judged) {
                    assertThat(failed).as(when).hasMessageContaining("simulated failure");
                }
            }
        }

        private void step(JournalTurnStore store, String when) throws IOException {
            switch (random.nextInt(8)) {
                case 0, 1 -> work(store, when);
                case 2 -> committed.requireSomeOf(store, random, workload, when);
                case 3 -> disk.full(random.nextInt(6) == 0);
                default -> commit(store, when);
            }
        }

        private void work(JournalTurnStore store, String when) throws StoreException {
            try {
                for (int steps = random.nextInt(3); steps > 0 && store.work(); steps--) {}
            } catch (StoreException failed) {
                assertThat(failed.mayBeTriedAgain()).as("%s: %s", when, failed).isTrue();
            }
        }

        private void commit(JournalTurnStore store, String when) throws StoreException {
            var changes = workload.changes(committed);
            try {
                store.commit(changes);
                committed = committed.with(changes);
            } catch (StoreException failed) {
                if (!failed.mayBeTriedAgain()) {
                    perhaps = Optional.of(committed.with(changes));
                    assertThatExceptionOfType(StoreException.class)
                            .as("%s: a commit behind one that has failed", when)
                            .isThrownBy(() -> store.commit(changes));
                    throw failed;
                }
            }
        }

        private void judge(JournalTurnStore store, String when) throws IOException {
            var found = Model.of(store);
            if (perhaps.isPresent() && found.equals(perhaps.get())) {
                committed = perhaps.get();
            }
            perhaps = Optional.empty();
            found.requireSame(committed, when);
        }
    }
}
