/**
 * JSON Schema 2020-12: checking of bodies, and compatibility of versions. {@link org.openclaw.schema.json.JsonSchemas} is the service,
 * and what is constructed without a container.
 */
@NullMarked
package org.openclaw.schema.json;

import org.jspecify.annotations.NullMarked;
