package org.openclaw.launcher.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeMemoryTest {
    @TempDir
    private Path root;

    @BeforeEach
    void machineWithOneGibibyteFree() throws IOException {
        write(
                "proc/meminfo",
                "MemTotal:        2097152 kB\nMemFree:          100000 kB\nMemAvailable:    1048576 kB\n");
    }

    @Test
    void isWhatTheMachineHasWithoutALimit() throws IOException {
        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory.current", "1048576\n");

        assertThat(FreeMemory.of(root).mebibytes()).isEqualTo(1024);
    }

    @Test
    void isWhatIsLeftBelowTheLimit() throws IOException {
        write("sys/fs/cgroup/memory.max", "536870912\n");
        write("sys/fs/cgroup/memory.current", "402653184\n");

        assertThat(FreeMemory.of(root).mebibytes()).isEqualTo(128);
    }

    @Test
    void countsFilesThatCanBeReadAgainAsFree() throws IOException {
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "402653184\n");
        write("sys/fs/cgroup/memory/memory.stat", "cache 9\ninactive_file 67108864\n");

        assertThat(FreeMemory.of(root).mebibytes()).isEqualTo(192);
    }

    @Test
    void isMuchWhereNothingIsKnown() throws IOException {
        Files.delete(root.resolve("proc/meminfo"));

        assertThat(FreeMemory.of(root).mebibytes()).isGreaterThan(4096);
    }

    private void write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.resolve(".."));
        Files.writeString(file, text);
    }
}
