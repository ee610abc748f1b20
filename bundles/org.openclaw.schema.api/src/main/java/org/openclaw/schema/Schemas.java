package org.openclaw.schema;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Checks bodies against schemas, and schemas against each other: a service, and without OSGi whatever the provider constructs.
 *
 * <p>Nothing is read but what is given: a reference that leaves the schema is refused, never followed. The formats that the annotation
 * processor derives are asserted. Thread-safe; the calls neither block nor keep what they are given, but for the compiled
 * forms of the latest schemas, which are shared between schemas of equal text: the digest of a {@link Schema} is a name here, and not
 * trusted.
 */
@ProviderType
public interface Schemas {
    /**
     * The schema made ready for checking, which takes up to milliseconds; who checks more than one body keeps what this returns.
     *
     * @throws IllegalArgumentException when the document is no JSON Schema 2020-12 that can be checked here; the message says where
     *     and why
     */
    SchemaCheck compile(Schema schema);

    /**
     * The same as {@code compile(schema).check(json)}.
     *
     * @throws IllegalArgumentException as {@link #compile}
     */
    default List<Violation> check(Schema schema, byte[] json) {
        return compile(schema).check(json);
    }

    /**
     * Why bodies that were written by one of the schemas might not be read by the other; empty when all can. Those that the newer
     * cannot read come first.
     *
     * <p>Compared are the bodies of <em>closed writers</em>: those whose objects have no properties but the ones that their writer's
     * schema declares (by {@code properties}, by {@code additionalProperties} for a map, and of alternatives by the one that
     * is written), and which would fit with {@code unevaluatedProperties: false} at every value, too. So writes whoever encodes a
     * record; and so an optional property can be added, though a schema alone would let an older writer put anything under its name.
     *
     * <p>Nothing incompatible is missed among the keywords that the annotation processor derives; a reader's keyword beyond those is
     * an incompatibility, since nothing is known of it. Bounded in time: what is too large to be compared is said to be incompatible.
     *
     * @throws IllegalArgumentException when the names differ, or one is no JSON Schema 2020-12
     */
    List<Incompatibility> compare(Schema older, Schema newer, Compatibility policy);

    /**
     * What would break if a version of an agent type took the place of another: messages and the state as the arriving version's
     * policy says, and messages that it no longer knows although it has to read what was written for the older. Messages that only
     * the arriving version knows break nothing: they are a type of their own.
     *
     * @throws IllegalArgumentException when the types differ, or a document is no JSON Schema 2020-12
     */
    List<SchemaBreak> compare(TypeSchemas present, TypeSchemas arriving);

    /**
     * Reads the descriptor of an agent type, which the annotation processor has written.
     *
     * @throws IllegalArgumentException when it has another shape; the message says where
     */
    TypeSchemas read(byte[] descriptor);

    /**
     * Reads the descriptors of a bundle: of each agent type the file {@code OSGI-INF/openclaw/<agent type>.json}. Nothing of the bundle is
     * verified or run.
     *
     * @return by type in the order of their names; empty when it brings none
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when a descriptor has another shape or is too large
     */
    List<TypeSchemas> readBundle(Path jar) throws IOException;
}
