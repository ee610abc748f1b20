package org.openclaw.store.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.openclaw.test.kit.TurnStoreContract;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class RocksTurnStoreTest extends TurnStoreContract {
    @Override
    protected TurnStore open(Path folder) throws IOException {
        return RocksTurnStore.open(folder);
    }

    @Test
    void refusesAFolderThatIsOpenAlready() throws Exception {
        try (var _ = open(folder())) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> open(folder()))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo("rocks.open"))
                    .withMessageContaining(folder().toString());
        }
    }

    @Test
    void isNotReadBehindItsEnd() throws Exception {
        var store = open(folder());
        store.close();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> store.get(Key.agent(1)));
    }

    @Test
    void refusesACommitThatIsTooLargeAndKeepsOn() throws Exception {
        try (var store = open(folder())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.commit(List.of(new Change.Put(Key.agent(1), new byte[33 << 20]))));
            store.commit(List.of(new Change.Put(Key.agent(1), new byte[1])));
            assertThat(store.get(Key.agent(1))).isPresent();
        }
    }

    @Test
    void opensWhatAReleaseHasWrittenThatKnewFewerKinds() throws Exception {
        try (var store = open(folder())) {
            store.commit(List.of(new Change.Put(Key.agent(1), new byte[1])));
        }
        forget("topic");

        try (var store = open(folder())) {
            store.commit(List.of(new Change.Put(new Key(Kind.TOPIC, 1, 1), new byte[2])));
            assertThat(store.get(Key.agent(1))).isPresent();
            assertThat(store.get(new Key(Kind.TOPIC, 1, 1))).isPresent();
        }
    }

    private void forget(String kind) throws RocksDBException {
        try (var options = new Options();
                var databaseOptions = new DBOptions()) {
            var families = RocksDB.listColumnFamilies(options, folder().toString()).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
            var handles = new ArrayList<ColumnFamilyHandle>();
            try (var database = RocksDB.open(databaseOptions, folder().toString(), families, handles)) {
                for (var handle : handles) {
                    if (new String(handle.getName(), UTF_8).equals(kind)) {
                        database.dropColumnFamily(handle);
                    }
                    handle.close();
                }
            }
        }
    }
}
