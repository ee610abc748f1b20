package org.openclaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T14:45:00Z"));

    private final Home home;
    private final Installation installation;

    RestoreTest(@TempDir Path folder) throws IOException {
        home = new Home(folder.resolve("home"));
        installation = new Installation(folder.resolve("installation"));
        journal(home.data().resolve("checkpoints/20261126T144000Z"), "then");
    }

    private static void journal(Path folder, String content) throws IOException {
        Files.createDirectories(folder.resolve("checkpoint"));
        Files.writeString(folder.resolve("version"), "openclaw-journal 1\n");
        Files.writeString(folder.resolve("checkpoint/CURRENT"), content);
    }

    private void restore(String checkpoint, boolean replace) throws IOException, LaunchException {
        new Restore(home, checkpoint, replace).run(installation, CLOCK);
    }

    private Path current() {
        return home.data().resolve("journal/checkpoint/CURRENT");
    }

    @Test
    void copiesTheNamedCheckpointIntoAHomeWithoutAStore() throws Exception {
        restore("20261126T144000Z", false);

        assertThat(current()).hasContent("then");
        assertThat(home.data().resolve("checkpoints/20261126T144000Z/checkpoint/CURRENT"))
                .hasContent("then");
        assertThat(home.data().resolve("journal.restoring")).doesNotExist();
    }

    @Test
    void takesAFolderFromElsewhere() throws Exception {
        var elsewhere = home.folder().resolve("backup");
        journal(elsewhere, "elsewhere");
        restore(elsewhere.toString(), false);

        assertThat(current()).hasContent("elsewhere");
    }

    @Test
    void refusesWhenTheHomeHasAStore() throws Exception {
        journal(home.data().resolve("journal"), "now");

        assertThatThrownBy(() -> restore("20261126T144000Z", false))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("--replace-data");
        assertThat(current()).hasContent("now");
    }

    @Test
    void movesTheStoreToTheTrashWhenItMayBeReplaced() throws Exception {
        journal(home.data().resolve("journal"), "now");
        restore("20261126T144000Z", true);

        assertThat(current()).hasContent("then");
        assertThat(home.data().resolve("trash/journal-20261126T144500Z/checkpoint/CURRENT"))
                .hasContent("now");
    }

    @Test
    void keepsBothWhenTwoAreReplacedInOneSecond() throws Exception {
        journal(home.data().resolve("journal"), "now");
        restore("20261126T144000Z", true);
        restore("20261126T144000Z", true);

        assertThat(home.data().resolve("trash/journal-20261126T144500Z-2/checkpoint/CURRENT"))
                .hasContent("then");
    }

    @Test
    void beginsAnewAfterACopyThatWasInterrupted() throws Exception {
        journal(home.data().resolve("journal.restoring"), "half");
        restore("20261126T144000Z", false);

        assertThat(current()).hasContent("then");
    }

    @Test
    void refusesWhatIsNoCheckpoint() throws Exception {
        Files.createDirectories(home.data().resolve("checkpoints/empty"));

        for (var name : new String[] {"", "nowhere", "empty", home.folder().toString(), "\0"}) {
            assertThatThrownBy(() -> restore(name, true))
                    .as(name)
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("is no checkpoint");
        }
        assertThat(home.data().resolve("journal")).doesNotExist();
    }

    @Test
    void refusesWhileAContainerRuns() throws Exception {
        try (var _ = DataLock.take(home.data())) {
            assertThatThrownBy(() -> restore("20261126T144000Z", true)).hasMessageContaining("is in use");
        }
        assertThat(home.data().resolve("journal")).doesNotExist();
    }

    @Test
    void putsACheckpointOfRocksWhereThatIsOpened() throws Exception {
        Files.createDirectories(home.data().resolve("checkpoints/20261126T144100Z"));
        Files.writeString(home.data().resolve("checkpoints/20261126T144100Z/CURRENT"), "rocks");
        restore("20261126T144100Z", false);

        assertThat(home.data().resolve("rocks/CURRENT")).hasContent("rocks");
    }
}
