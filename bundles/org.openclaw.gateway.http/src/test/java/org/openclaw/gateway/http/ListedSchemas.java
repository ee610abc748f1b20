package org.openclaw.gateway.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openclaw.schema.Schema;
import org.openclaw.schema.SchemaEntry;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.schema.TypeSchemas;

/** A registry in memory, in the order in which types came. */
final class ListedSchemas implements SchemaRegistry {
    static final Schema PLACED = Schema.of("order.Placed", "{\"type\": \"object\"}");
    static final TypeSchemas ORDER =
            new TypeSchemas("order", List.of(PLACED), Schema.of("order.state", "{}"), TypeSchemas.Policy.USUAL);

    final List<SchemaEntry> entries = new ArrayList<>();
    final List<Schema> documents = new ArrayList<>();
    boolean damaged;

    @Override
    public void keep(TypeSchemas brought, String version) {
        brought.messages().forEach(schema -> keep(brought, SchemaEntry.Kind.MESSAGE, schema, version));
        keep(brought, SchemaEntry.Kind.STATE, brought.state(), version);
    }

    private void keep(TypeSchemas brought, SchemaEntry.Kind kind, Schema schema, String version) {
        documents.add(schema);
        entries.add(new SchemaEntry(
                schema.digest(),
                kind,
                brought.agentType(),
                schema.name(),
                version,
                Instant.parse("2026-11-01T12:00:00Z"),
                schema.json().length()));
    }

    @Override
    public Found find(String digest) {
        if (damaged) {
            return new Found.Damaged("The schema is damaged. Bring it back.");
        }
        return documents.stream()
                .filter(schema -> schema.digest().equals(digest))
                .<Found>map(schema -> new Found.Document(digest, schema.json()))
                .findFirst()
                .orElseGet(Found.Unknown::new);
    }

    @Override
    public List<SchemaEntry> list(Choice which, Optional<String> after, int limit) {
        int from = after.map(place -> Integer.parseInt(place) + 1).orElse(0);
        return entries.subList(from, entries.size()).stream()
                .filter(which::includes)
                .limit(limit)
                .toList();
    }

    @Override
    public String place(SchemaEntry entry) {
        return Integer.toString(entries.indexOf(entry));
    }

    @Override
    public List<String> problems() {
        return List.of();
    }
}
