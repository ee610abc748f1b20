/**
 * Makes the container image out of an installation: used by the build alone. Start at
 * {@link org.openclaw.image.assembly.ImageAssembly}.
 */
@NullMarked
package org.openclaw.image.assembly;

import org.jspecify.annotations.NullMarked;
