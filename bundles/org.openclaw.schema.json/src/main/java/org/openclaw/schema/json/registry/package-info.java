/** Keeps the schemas that were ever used. {@link org.openclaw.schema.json.registry.FolderRegistry} is the service. */
@NullMarked
package org.openclaw.schema.json.registry;

import org.jspecify.annotations.NullMarked;
