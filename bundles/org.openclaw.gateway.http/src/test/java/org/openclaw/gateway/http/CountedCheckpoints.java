package org.openclaw.gateway.http;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openclaw.store.Checkpoint;
import org.openclaw.store.Checkpoints;

/** Checkpoints that are nothing but names. */
final class CountedCheckpoints implements Checkpoints {
    final List<Checkpoint> there = new ArrayList<>();
    boolean full;

    @Override
    public Checkpoint take() throws IOException {
        if (full) {
            throw new IOException("No space left on device: /secret/place");
        }
        var name = "20261126T1445%02dZ".formatted(there.size());
        there.add(new Checkpoint(name, Instant.parse("2026-11-26T14:45:00Z").plusSeconds(there.size()), 4711));
        return there.getLast();
    }

    @Override
    public List<Checkpoint> list() {
        return there;
    }

    @Override
    public boolean delete(String name) {
        return there.removeIf(checkpoint -> checkpoint.name().equals(name));
    }
}
