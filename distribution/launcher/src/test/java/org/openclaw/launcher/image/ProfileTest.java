package org.openclaw.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    @TempDir
    private Path root;

    @Test
    void isSmallBelowOneGibibyte() {
        assertThat(Profile.choose(Map.of(), 1023)).isEqualTo(Profile.SMALL);
        assertThat(Profile.choose(Map.of(), 1024)).isEqualTo(Profile.SERVER);
    }

    @Test
    void isWhatTheOperatorSays() {
        assertThat(Profile.choose(Map.of("CLAW_PROFILE", "server"), 512)).isEqualTo(Profile.SERVER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.choose(Map.of("CLAW_PROFILE", "huge"), 512))
                .withMessage("CLAW_PROFILE: huge (expected: small or server).");
    }

    @Test
    void theLimitOfTheControlGroupIsTheMemory() throws IOException {
        file("proc/meminfo", "MemTotal:       16384000 kB\nMemFree: 1 kB\n");
        assertThat(Memory.of(root).mebibytes()).isEqualTo(16000);

        file("sys/fs/cgroup/memory.max", "max\n");
        assertThat(Memory.of(root).mebibytes()).as("no limit").isEqualTo(16000);

        file("sys/fs/cgroup/memory.max", "536870912\n");
        assertThat(Memory.of(root).mebibytes()).as("version 2").isEqualTo(512);
    }

    @Test
    void theFirstVersionsLimitCountsUnlessItIsNone() throws IOException {
        file("proc/meminfo", "MemTotal:       16384000 kB\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(Memory.of(root).mebibytes()).isEqualTo(16000);

        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "268435456\n");
        assertThat(Memory.of(root).mebibytes()).isEqualTo(256);
    }

    private void file(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
