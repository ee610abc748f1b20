package org.openclaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path conf;

    @Test
    void withoutAFileTheUsualFeaturesAreOn() throws Exception {
        assertThat(Settings.read(conf, new JsonFiles()).features()).containsExactly("core", "gateway", "console");
    }

    @Test
    void readsFeaturesDeadlineAndFrameworkProperties() throws Exception {
        write(
                "{\"features\": [\"core\"], \"stopSeconds\": 5, \"framework\": {\"gosh.args\": \"--nointeractive\"} /* off */}");

        var settings = Settings.read(conf, new JsonFiles());

        assertThat(settings.features()).containsExactly("core");
        assertThat(settings.stopWithin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.framework()).containsEntry("gosh.args", "--nointeractive");
    }

    @Test
    void anUnknownSettingIsAMistake() throws Exception {
        write("{\"feature\": [\"core\"]}");

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> Settings.read(conf, new JsonFiles()))
                .withMessageContaining("unknown setting 'feature'")
                .withMessageContaining("features");
    }

    @Test
    void aDeadlineOutOfBoundsIsRefused() throws Exception {
        write("{\"stopSeconds\": 0}");

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> Settings.read(conf, new JsonFiles()))
                .withMessageContaining("expected: 1 to 3600");
    }

    @Test
    void theAotTrainingIsOnUnlessItIsOffAndNothingElse() throws Exception {
        write("{}");
        assertThat(Settings.read(conf, new JsonFiles()).aotTraining()).isTrue();

        write("{\"aotTraining\": false}");
        assertThat(Settings.read(conf, new JsonFiles()).aotTraining()).isFalse();

        write("{\"aotTraining\": \"no\"}");
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> Settings.read(conf, new JsonFiles()))
                .withMessageContaining("'aotTraining' is \"no\" (expected: true or false)");
    }

    @Test
    void aFeatureThatIsNotThereIsNamedBesideThoseThatAre() throws Exception {
        Files.writeString(conf.resolve("core.json"), "{}");

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> Feature.read(conf, "cor", new JsonFiles()))
                .withMessageContaining("'cor'")
                .withMessageContaining("expected: of core");
    }

    @Test
    void aFeatureNameIsNoPath() throws Exception {
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> Feature.read(conf, "../core", new JsonFiles()));
    }

    private void write(String content) throws IOException {
        Files.writeString(conf.resolve(Settings.FILE), content);
    }
}
