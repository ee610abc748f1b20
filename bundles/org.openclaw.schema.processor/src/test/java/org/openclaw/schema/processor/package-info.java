@NullMarked
package org.openclaw.schema.processor;

import org.jspecify.annotations.NullMarked;
