package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;
import org.openclaw.bench.container.Replacement;
import org.openclaw.bench.container.Residue;

/** An agent type is replaced under load: nobody notices, and nothing of the old versions is left. */
class ReplaceIT {
    private static final int WARM_UP = 60;
    /**
     * What the compiler still notes about methods of the container while it warms up (class counts stand still then); the
     * classes of one version of the agent take more than twice that.
     */
    private static final int KIB_PER_REPLACEMENT = 24;

    private static final int REPLACEMENTS = Integer.getInteger("openclaw.replacements", 50);

    @TempDir
    static Path temp;

    @Test
    void losesNoCallAndLeavesNothingBehind() throws Exception {
        try (var container = Container.started(temp.resolve("home"))) {
            var plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
            var replacement = new Replacement(container, plugins, WARM_UP + REPLACEMENTS);
            replacement.run(1, WARM_UP, 200, Duration.ZERO);
            var before = Residue.of(container);

            var result = replacement.run(WARM_UP + 1, WARM_UP + REPLACEMENTS, 200, Duration.ZERO);
            var after = Residue.of(container);

            System.out.printf("ReplaceIT: %d replacements%n  before %s%n  after  %s%n", REPLACEMENTS, before, after);
            assertThat(result.failed()).as("failed calls").isEmpty();
            assertThat(result.calls()).hasSizeGreaterThan(REPLACEMENTS);
            assertThat(after.loaders()).as("class loaders of bundles").isEqualTo(before.loaders());
            assertThat(after.classes()).as("loaded classes").isLessThan(before.classes() + REPLACEMENTS);
            // connections of the load generator and the pools of the JDK come and go
            assertThat(after.threads()).as("threads").isLessThan(before.threads() + 8);
            assertThat(after.files()).as("file handles").isLessThan(before.files() + 16);
            assertThat(after.metaspaceKiB())
                    .as("metaspace in KiB")
                    .isLessThan(before.metaspaceKiB() + (long) KIB_PER_REPLACEMENT * REPLACEMENTS);
        }
    }
}
