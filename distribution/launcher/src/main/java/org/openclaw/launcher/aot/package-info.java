/**
 * The ahead-of-time caches of an installation: made in the background once a container serves, or by {@code claw aot}, used
 * by {@code bin/claw}. Start at {@link org.openclaw.launcher.aot.AotCaches} (what there is) and
 * {@link org.openclaw.launcher.aot.Training} (how it is made).
 */
@NullMarked
package org.openclaw.launcher.aot;

import org.jspecify.annotations.NullMarked;
