/**
 * Names, digests, checking and compatibility of the schemas of messages and states.
 *
 * <p>Schemas are JSON Schema 2020-12 documents. They are derived from the records of an agent type when its bundle is
 * built, and travel inside the bundle as {@code OSGI-INF/openclaw/<agent type>.json}. Authors bound what their components may hold
 * with {@link Range}, {@link Length}, {@link Size} and {@link Pattern}, and say with {@link SchemaCompatibility} which versions have to
 * understand each other. {@link Schemas} checks bodies and compares versions; {@link SchemaRegistry} keeps every schema that was ever
 * used. Both are implemented by a provider; nobody else implements an interface of this package.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.openclaw.schema;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
