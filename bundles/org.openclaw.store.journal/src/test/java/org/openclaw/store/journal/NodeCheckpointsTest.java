package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.store.Change;
import org.openclaw.store.Checkpoint;
import org.openclaw.store.Key;
import org.openclaw.store.TurnStore;

class NodeCheckpointsTest {
    private static final Options SMALL = new Options(4096, 2, 8, 0, 1 << 20, 1 << 20);

    private final Path data;
    private final Path folder;
    private final TurnStore store;
    private Instant now = Instant.parse("2026-11-26T14:45:00.7Z");

    NodeCheckpointsTest(@TempDir Path data) throws IOException {
        this.data = data;
        folder = data.resolve("checkpoints");
        store = JournalTurnStore.open(data.resolve("journal"), SMALL);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private NodeCheckpoints keeping(int keep) {
        return new NodeCheckpoints(folder, store, keep, () -> now);
    }

    private static List<String> names(List<Checkpoint> checkpoints) {
        return checkpoints.stream().map(Checkpoint::name).toList();
    }

    @Test
    void opensAsTheStoreWasThen() throws IOException {
        store.commit(List.of(new Change.Put(Key.agent(1), new byte[1])));
        var taken = keeping(10).take();
        store.commit(List.of(new Change.Put(Key.agent(1), new byte[2])));

        assertThat(taken.name()).isEqualTo("20261126T144500Z");
        assertThat(taken.at()).isEqualTo("2026-11-26T14:45:00Z");
        assertThat(taken.bytes()).isPositive();
        try (var then = JournalTurnStore.open(folder.resolve(taken.name()), SMALL)) {
            assertThat(then.get(Key.agent(1)).orElseThrow()).hasSize(1);
        }
    }

    @Test
    void givesTwoOfOneSecondTwoNames() throws IOException {
        var checkpoints = keeping(20);
        for (int number = 1; number <= 11; number++) {
            checkpoints.take();
        }

        assertThat(names(checkpoints.list()))
                .startsWith("20261126T144500Z", "20261126T144500Z-2", "20261126T144500Z-3")
                .endsWith("20261126T144500Z-10", "20261126T144500Z-11");
    }

    @Test
    void keepsTheNewest() throws IOException {
        var checkpoints = keeping(2);
        for (int minute = 0; minute < 4; minute++) {
            checkpoints.take();
            now = now.plusSeconds(60);
        }

        assertThat(names(checkpoints.list())).containsExactly("20261126T144700Z", "20261126T144800Z");
    }

    @Test
    void keepsTheOneJustTakenEvenWhenTheClockWasSetBack() throws IOException {
        var checkpoints = keeping(1);
        checkpoints.take();
        now = now.minusSeconds(3600);
        checkpoints.take();

        assertThat(names(checkpoints.list())).containsExactly("20261126T134500Z");
    }

    @Test
    void removesNoneWhenTheNewOneCannotBeTaken() throws IOException {
        var checkpoints = keeping(1);
        checkpoints.take();
        store.close();
        now = now.plusSeconds(60);

        assertThatThrownBy(checkpoints::take).isInstanceOf(Exception.class);
        assertThat(names(checkpoints.list())).containsExactly("20261126T144500Z");
    }

    @Test
    void leavesOutAndSweepsAwayWhatIsNotWhole() throws IOException {
        var checkpoints = keeping(10);
        checkpoints.take();
        var half = Files.createDirectories(folder.resolve("20261126T144400Z.unfinished"));
        Files.createFile(folder.resolve("20261126T144300Z"));

        assertThat(names(checkpoints.list())).containsExactly("20261126T144500Z");
        checkpoints.take();
        assertThat(half).doesNotExist();
    }

    @Test
    void deletesOneByItsName() throws IOException {
        var checkpoints = keeping(10);
        var name = checkpoints.take().name();

        assertThat(checkpoints.delete(name)).isTrue();
        assertThat(checkpoints.delete(name)).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void deletesNothingElse() throws IOException {
        var checkpoints = keeping(10);
        checkpoints.take();

        assertThat(checkpoints.delete("../journal")).isFalse();
        assertThat(checkpoints.delete("")).isFalse();
        assertThat(data.resolve("journal")).isDirectory();
    }

    @Test
    void hasNoneBeforeTheFirst() throws IOException {
        assertThat(keeping(10).list()).isEmpty();
    }
}
