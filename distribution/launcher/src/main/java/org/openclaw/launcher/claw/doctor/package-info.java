/**
 * What {@code claw doctor} looks at. A {@link org.openclaw.launcher.claw.doctor.Check} is one area; it looks at a
 * {@link org.openclaw.launcher.claw.doctor.Situation}, changes nothing and says what it found, each
 * {@link org.openclaw.launcher.claw.doctor.Finding} with its cure. A new one is a class and a line in
 * {@link org.openclaw.launcher.claw.doctor.Doctor}.
 */
@NullMarked
package org.openclaw.launcher.claw.doctor;

import org.jspecify.annotations.NullMarked;
