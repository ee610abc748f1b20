/**
 * Names, digests and violations of the schemas of messages and states.
 *
 * <p>Schemas are JSON Schema 2020-12 documents. They are derived from the records of an agent type when its bundle is
 * built, and travel inside the bundle as {@code OSGI-INF/openclaw/<agent type>.json}.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.openclaw.schema;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
