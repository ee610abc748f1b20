package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.telemetry.NodeStatus.DiskUse;

class JvmMachineTest {
    @TempDir
    private Path folder;

    @Test
    void tellsWhatThisProcessUses() {
        var use = new JvmMachine(folder).process();

        assertThat(use.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(use.threads()).isPositive();
        assertThat(use.heapUsed()).isBetween(1L, use.heapMax());
        assertThat(use.heapCommitted()).isGreaterThanOrEqualTo(use.heapUsed());
        use.resident().ifPresent(resident -> assertThat(resident).isGreaterThan(1L << 20));
    }

    @Test
    void knowsAfterACollectionWhatTheHeapStillHolds() {
        System.gc();
        var machine = new JvmMachine(folder);

        assertThat(machine.heapAfterCollection()).isPresent();
        assertThat(machine.heapAfterCollection().getAsLong())
                .isBetween(1L, machine.process().heapMax());
    }

    @Test
    void tellsHowFullTheDiskIs() {
        var disk = new JvmMachine(folder).disk();

        assertThat(disk.total()).isPositive();
        assertThat(disk.free()).isBetween(1L, disk.total());
    }

    @Test
    void tellsNothingOfAFolderThatIsNotThere() {
        assertThat(new JvmMachine(folder.resolve("none")).disk()).isEqualTo(new DiskUse(0, 0));
    }
}
