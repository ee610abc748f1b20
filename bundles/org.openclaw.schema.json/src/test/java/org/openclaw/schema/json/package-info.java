@NullMarked
package org.openclaw.schema.json;

import org.jspecify.annotations.NullMarked;
