@NullMarked
package org.openclaw.launcher.aot;

import org.jspecify.annotations.NullMarked;
