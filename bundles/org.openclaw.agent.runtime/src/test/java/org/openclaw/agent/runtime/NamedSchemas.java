package org.openclaw.agent.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openclaw.schema.SchemaEntry;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.schema.TypeSchemas;

/** Remembers who brought schemas. */
final class NamedSchemas implements SchemaRegistry {
    private final List<String> names = new CopyOnWriteArrayList<>();

    List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public void keep(TypeSchemas brought, String version) {
        brought.messages().forEach(schema -> names.add(schema.name() + " " + version));
        names.add(brought.state().name() + " " + version);
    }

    @Override
    public Found find(String digest) {
        return new Found.Unknown();
    }

    @Override
    public List<SchemaEntry> list(Choice which, Optional<String> after, int limit) {
        return List.of();
    }

    @Override
    public String place(SchemaEntry entry) {
        return entry.digest();
    }

    @Override
    public List<String> problems() {
        return List.of();
    }
}
