@NullMarked
package org.openclaw.launcher.claw;

import org.jspecify.annotations.NullMarked;
