package org.openclaw.itest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * Whatever the disk does, whenever the node crashes, and whatever operators do meanwhile: what was acknowledged is applied exactly
 * once and in order, agents' messages to each other too, timers fire once, and a duplicate gets the first receipt.
 *
 * <p>{@code -Dengine.seed=N} repeats one run, {@code -Dengine.runs=N} says how many there are. All virtual threads share one
 * carrier, so that a run of the same seed is the same run.
 */
class EngineSimulationTest {
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
    private static final int REPEATED = 20;

    @Test
    void keepsItsPromisesWhateverHappens() throws Exception {
        var seed = Long.getLong("engine.seed");
        long first = seed == null ? System.nanoTime() : seed;
        long runs = seed == null ? Long.getLong("engine.runs", 500) : 1;
        onTheOneCarrier(() -> {
            for (long run = 0; run < runs; run++) {
                new Simulation(first + run).run();
            }
            return runs;
        });
    }

    @Test
    void aSeedIsARun() throws Exception {
        long first = System.nanoTime();
        for (long seed = first; seed < first + REPEATED; seed++) {
            var simulation = seed;
            long once = onTheOneCarrier(() -> new Simulation(simulation).run());
            long again = onTheOneCarrier(() -> new Simulation(simulation).run());
            assertThat(again).as("the end of seed %d", seed).isEqualTo(once);
        }
    }

    private static <T> T onTheOneCarrier(Callable<T> work) throws Exception {
        assertThat(System.getProperty(CARRIERS)).as(CARRIERS).isEqualTo("1");
        var task = new FutureTask<>(work);
        Thread.ofVirtual().name("simulation").start(task);
        return task.get();
    }
}
