@NullMarked
package org.openclaw.schema.json.registry;

import org.jspecify.annotations.NullMarked;
