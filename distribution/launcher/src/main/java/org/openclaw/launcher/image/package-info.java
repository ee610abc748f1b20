/**
 * Starts {@code claw} in a container image, where there is no shell that could run {@code bin/claw}. Used there alone; start
 * at {@link org.openclaw.launcher.image.ImageEntry}.
 */
@NullMarked
package org.openclaw.launcher.image;

import org.jspecify.annotations.NullMarked;
