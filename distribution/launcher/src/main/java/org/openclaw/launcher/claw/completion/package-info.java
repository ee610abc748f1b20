/** Scripts by which shells complete command lines, made from the commands themselves. */
@NullMarked
package org.openclaw.launcher.claw.completion;

import org.jspecify.annotations.NullMarked;
