/**
 * The {@code claw} command. Every verb is a class {@code XCommand}, listed in {@link org.openclaw.launcher.claw.ClawCommand};
 * it prints through {@link org.openclaw.launcher.claw.Output} and ends in 0 (done), 1 (refused) or 2 (misused).
 */
@NullMarked
package org.openclaw.launcher.claw;

import org.jspecify.annotations.NullMarked;
