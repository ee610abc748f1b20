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
    private static final int WARM_UP = 20;
    private static final int REPLACEMENTS = Integer.getInteger("openclaw.replacements", 50);

    @TempDir
    static Path temp;

    @Test
    void losesNoCallAndLeavesNoLoaderThreadOrFileBehind() throws Exception {
        try (var container = Container.started(temp.resolve("compiled"))) {
            var plugins = Plugins.trustedBy(container, temp.resolve("compiled-plugins"));
            var replacement = new Replacement(container, plugins, WARM_UP + REPLACEMENTS);
            replacement.run(1, WARM_UP, 200, Duration.ZERO);
            var before = Residue.of(container);

            var result = replacement.run(WARM_UP + 1, WARM_UP + REPLACEMENTS, 200, Duration.ZERO);
            var after = Residue.of(container);

            tell("compiled", before, after);
            assertThat(result.failed()).as("failed calls").isEmpty();
            assertThat(result.calls()).hasSizeGreaterThan(REPLACEMENTS);
            assertThat(after.loaders()).as("class loaders of bundles").isEqualTo(before.loaders());
            // connections of the load generator and the pools of the JDK come and go
            assertThat(after.threads()).as("threads").isLessThan(before.threads() + 8);
            assertThat(after.files()).as("file handles").isLessThan(before.files() + 16);
        }
    }

    /**
     * Interpreted: a compiler keeps its profiles of methods in metaspace too, some KiB more at each replacement as methods
     * that are called seldom become warm, and that would hide what is looked for.
     */
    @Test
    void leavesNoMetaspaceBehind() throws Exception {
        try (var container = Container.startedWith("-Xint", temp.resolve("interpreted"))) {
            var plugins = Plugins.trustedBy(container, temp.resolve("interpreted-plugins"));
            var replacement = new Replacement(container, plugins, WARM_UP + REPLACEMENTS);
            replacement.run(1, WARM_UP, 10, Duration.ZERO);
            var before = Residue.of(container);

            replacement.run(WARM_UP + 1, WARM_UP + REPLACEMENTS, 10, Duration.ZERO);
            var after = Residue.of(container);

            tell("interpreted", before, after);
            assertThat(after.loaders()).as("class loaders of bundles").isEqualTo(before.loaders());
            // a version that stays leaves dozens behind each time; the engine itself loads some late, with its first
            // sweeps
            assertThat(after.classes()).as("loaded classes").isLessThan(before.classes() + 100);
            assertThat(after.metaspaceKiB()).as("metaspace in KiB").isLessThan(before.metaspaceKiB() + 256);
        }
    }

    private static void tell(String how, Residue before, Residue after) {
        System.out.printf(
                "ReplaceIT: %d replacements, %s%n  before %s%n  after  %s%n", REPLACEMENTS, how, before, after);
    }
}
