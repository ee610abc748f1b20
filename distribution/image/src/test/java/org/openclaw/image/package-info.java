/** The built image, looked into and started. */
@NullMarked
package org.openclaw.image;

import org.jspecify.annotations.NullMarked;
