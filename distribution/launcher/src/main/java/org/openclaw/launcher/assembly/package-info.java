/**
 * Makes an installation out of what the build has brought together: used by the build alone, at the moment when the
 * container's files are laid out and signed. Start at {@link org.openclaw.launcher.assembly.Assembly}.
 */
@NullMarked
package org.openclaw.launcher.assembly;

import org.jspecify.annotations.NullMarked;
