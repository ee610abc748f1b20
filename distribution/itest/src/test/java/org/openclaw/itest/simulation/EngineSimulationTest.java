package org.openclaw.itest.simulation;

import org.junit.jupiter.api.Test;

/**
 * Whatever the disk does and whenever the node crashes: what was acknowledged is applied exactly once and in order, agents'
 * messages to each other too, timers fire once, and a duplicate gets the first receipt.
 *
 * <p>{@code -Dengine.seed=N} repeats one run, {@code -Dengine.runs=N} says how many there are.
 */
class EngineSimulationTest {
    @Test
    void keepsItsPromisesWhateverTheDiskDoes() {
        var seed = Long.getLong("engine.seed");
        if (seed != null) {
            new Simulation(seed).run();
            return;
        }
        long first = System.nanoTime();
        for (long run = 0; run < Long.getLong("engine.runs", 500); run++) {
            new Simulation(first + run).run();
        }
    }
}
