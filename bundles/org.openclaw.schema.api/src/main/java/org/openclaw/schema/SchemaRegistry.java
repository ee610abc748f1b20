package org.openclaw.schema;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps every schema that an agent type has ever brought to this node, by the digest of its text: also when the type has gone, and
 * across restarts. So whoever holds a message or a state from long ago finds out what it is. Thread-safe.
 */
@ProviderType
public interface SchemaRegistry {
    /** Bytes of the largest document that is kept. */
    int LARGEST = 1 << 20;

    /**
     * Keeps the schemas of a version; those that are kept already stay as they are. Returns at once and never fails: they are found
     * from then on, and are on the disk soon, which {@link #problems} says when it does not come about. What is not yet there when
     * the node crashes is brought again by the type when the node starts.
     *
     * @param version the version of the bundle
     */
    void keep(TypeSchemas brought, String version);

    /** The document with a digest, as it is on the disk now. */
    Found find(String digest);

    /**
     * A page of what is kept, ordered by type, kind, name, time and digest; empty at the end.
     *
     * @param after the {@link #place} of the last entry of the page before; empty for the first page
     * @param limit how many at most
     */
    List<SchemaEntry> list(Choice which, Optional<String> after, int limit);

    /** Where an entry stands in the order: opaque, and valid also when the entry has gone. */
    String place(SchemaEntry entry);

    /** What cannot be kept or read at present, one sentence each with what to do; empty when all is well. */
    List<String> problems();

    /** What becomes of looking for a document. */
    sealed interface Found {
        /** It is there, and its text has that digest. */
        record Document(String digest, String json) implements Found {}

        /** No type has ever brought it. */
        record Unknown() implements Found {}

        /**
         * A type has brought it, but it cannot be read as it was.
         *
         * @param text what is wrong and what to do
         */
        record Damaged(String text) implements Found {}
    }

    /**
     * Which entries are asked for.
     *
     * @param agentType only of this type
     * @param kind only of this kind
     */
    record Choice(Optional<String> agentType, Optional<SchemaEntry.Kind> kind) {
        /** Whether an entry is asked for. */
        public boolean includes(SchemaEntry entry) {
            return agentType.filter(type -> !type.equals(entry.agentType())).isEmpty()
                    && kind.filter(each -> each != entry.kind()).isEmpty();
        }
    }
}
