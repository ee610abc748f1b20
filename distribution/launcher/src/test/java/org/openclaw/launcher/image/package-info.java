@NullMarked
package org.openclaw.launcher.image;

import org.jspecify.annotations.NullMarked;
