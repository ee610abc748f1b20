@NullMarked
package org.openclaw.launcher.claw.doctor;

import org.jspecify.annotations.NullMarked;
