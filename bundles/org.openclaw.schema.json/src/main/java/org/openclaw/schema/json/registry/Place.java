package org.openclaw.schema.json.registry;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import org.openclaw.schema.SchemaEntry;

/** Where an entry stands among the others: by type, kind, name and time. No two entries stand at one place. */
record Place(String agentType, SchemaEntry.Kind kind, String name, Instant firstSeen, String digest)
        implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::agentType)
            .thenComparing(Place::kind)
            .thenComparing(Place::name)
            .thenComparing(Place::firstSeen)
            .thenComparing(Place::digest);

    static Place of(SchemaEntry entry) {
        return new Place(entry.agentType(), entry.kind(), entry.name(), entry.firstSeen(), entry.digest());
    }

    /** @throws IllegalArgumentException when it is no place */
    static Place parse(String text) {
        var parts = text.split("\n", 5);
        try {
            if (parts.length == 5) {
                return new Place(
                        parts[0], SchemaEntry.Kind.valueOf(parts[1]), parts[4], Instant.parse(parts[2]), parts[3]);
            }
        } catch (DateTimeException | IllegalArgumentException other) {
            throw new IllegalArgumentException("it is no place of this list", other);
        }
        throw new IllegalArgumentException("it is no place of this list");
    }

    /** The name comes last, since it may be any text. */
    String text() {
        return String.join("\n", agentType, kind.name(), firstSeen.toString(), digest, name);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
