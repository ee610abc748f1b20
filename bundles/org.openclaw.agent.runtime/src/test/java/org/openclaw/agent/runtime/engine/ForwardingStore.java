package org.openclaw.agent.runtime.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;

/** A store that is another one, but for what a test changes of it. */
class ForwardingStore implements TurnStore {
    private final TurnStore to;

    ForwardingStore(TurnStore to) {
        this.to = to;
    }

    @Override
    public void commit(List<Change> changes) throws StoreException {
        to.commit(changes);
    }

    @Override
    public Optional<byte[]> get(Key key) throws StoreException {
        return to.get(key);
    }

    @Override
    public List<Entry> scan(Key from, Key before, int limit) throws StoreException {
        return to.scan(from, before, limit);
    }

    @Override
    public List<Listed> list(Key from, Key before, int limit) throws StoreException {
        return to.list(from, before, limit);
    }

    @Override
    public OptionalLong agent(AgentName name) throws StoreException {
        return to.agent(name);
    }

    @Override
    public List<Named> names(AgentName behind, int limit) throws StoreException {
        return to.names(behind, limit);
    }

    @Override
    public void checkpoint(Path folder) throws IOException {
        to.checkpoint(folder);
    }

    @Override
    public long largestCommit() {
        return to.largestCommit();
    }

    @Override
    public long room() throws IOException {
        return to.room();
    }

    @Override
    public void close() throws IOException {
        to.close();
    }
}
