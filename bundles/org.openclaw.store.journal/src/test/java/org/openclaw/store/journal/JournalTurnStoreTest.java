package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.openclaw.test.kit.TurnStoreContract;

class JournalTurnStoreTest extends TurnStoreContract {
    /** The least that the contract's megabyte fits into. */
    private static final Options OPTIONS = new Options(2L << 20, 2, 4, 2, 1L << 20, 1L << 20);

    @Override
    protected TurnStore open(Path folder) throws IOException {
        return JournalTurnStore.open(folder, OPTIONS);
    }

    @Test
    void refusesAFolderThatIsOpenAlready() throws Exception {
        try (var _ = open(folder())) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> open(folder()))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo("journal.open"))
                    .withMessageContaining(folder().toString());
        }
        open(folder()).close();
    }

    @Test
    void isNotReadBehindItsEnd() throws Exception {
        var store = open(folder());
        store.close();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> store.get(Key.agent(1)));
        assertThatIllegalStateException().isThrownBy(() -> store.commit(List.of(new Change.Remove(Key.agent(1)))));
    }

    @Test
    void refusesACommitThatIsTooLargeAndKeepsOn() throws Exception {
        try (var store = open(folder())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.commit(List.of(new Change.Put(Key.agent(1), new byte[2 << 20]))))
                    .withMessageContaining("(expected: at most 2097064)");
            store.commit(List.of(new Change.Put(Key.agent(1), new byte[1])));
            assertThat(store.get(Key.agent(1))).isPresent();
        }
    }

    @Test
    void refusesANewerFormat() throws Exception {
        open(folder()).close();
        Files.writeString(folder().resolve("version"), "openclaw-journal 2\n");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(folder()))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("journal.newer"))
                .withMessageContaining("version 'openclaw-journal 2' of the journal's format (expected: at most 1)");
    }

    @Test
    void commitsOnAnInterruptedThread() throws Exception {
        try (var store = open(folder())) {
            Thread.currentThread().interrupt();
            store.commit(List.of(new Change.Put(Key.agent(1), new byte[1])));
            assertThat(store.get(Key.agent(1))).isPresent();
            assertThat(Thread.interrupted()).isTrue();
            store.commit(List.of(new Change.Remove(Key.agent(1))));
        }
    }

    @Test
    void needsLittleRoomAtFirst() throws Exception {
        try (var store = JournalTurnStore.open(folder(), Options.SMALL)) {
            store.commit(List.of(new Change.Put(Key.agent(1), new byte[1])));
        }
        try (var files = Files.walk(folder())) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThan(24L << 20);
        }
    }

    @Test
    void keepsWhatHasGoneThroughManyCheckpoints() throws Exception {
        try (var store = open(folder())) {
            for (int commit = 1; commit <= 200; commit++) {
                store.commit(List.of(
                        new Change.Put(Key.agent(commit % 50), new byte[100_000 + commit]),
                        new Change.Put(Key.inbox(7, commit), new byte[commit]),
                        new Change.Remove(Key.inbox(7, commit - 100))));
            }
            assertThat(store.list(Key.first(Kind.INBOX), Key.end(Kind.INBOX), 1000))
                    .hasSize(100)
                    .allSatisfy(listed -> assertThat(listed.key().second()).isEqualTo(listed.size()));
            assertThat(store.list(Key.first(Kind.AGENT), Key.end(Kind.AGENT), 1000))
                    .hasSize(50)
                    .allSatisfy(listed -> assertThat(listed.size()).isGreaterThan(100_150));
            assertThat(store.get(Key.agent(0)).orElseThrow()).hasSize(100_200);
        }
        try (var files = Files.list(folder())) {
            assertThat(files.filter(file -> file.toString().endsWith(".segment")))
                    .as("segments that are needed still")
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void isKeptAsTheHeapAllows() {
        assertThat(Options.fitting(256L << 20)).isEqualTo(Options.SMALL);
        assertThat(Options.fitting(512L << 20)).isEqualTo(Options.USUAL);
        assertThat(Options.fitting(1536L << 20)).isEqualTo(Options.LARGE);
    }

    @Test
    void listsATimerBeforeTheOnesThatHaveFired() throws Exception {
        try (var store = open(folder())) {
            for (int timer = 1; timer <= 20; timer++) {
                store.commit(List.of(new Change.Put(new Key(Kind.TIMER, 1000 + timer, timer), new byte[0])));
                assertThat(timers(store)).containsExactly(1000L + timer);
                store.commit(List.of(new Change.Remove(new Key(Kind.TIMER, 1000 + timer, timer))));
                assertThat(timers(store)).isEmpty();
            }
            store.commit(List.of(new Change.Put(new Key(Kind.TIMER, 7, 21), new byte[0])));
            assertThat(timers(store)).containsExactly(7L);
        }
    }

    private static List<Long> timers(TurnStore store) throws IOException {
        return store.scan(Key.first(Kind.TIMER), new Key(Kind.TIMER, 2000, 0), 10).stream()
                .map(entry -> entry.key().first())
                .toList();
    }
}
