@NullMarked
package org.openclaw.image.assembly;

import org.jspecify.annotations.NullMarked;
