/**
 * Signs in the build of a plugin. It runs within Maven, on whatever Java that runs on, so it signs nothing itself: it calls
 * the {@code claw} of an installation. Start at {@link org.openclaw.build.signing.Signature}.
 */
@NullMarked
package org.openclaw.build.signing;

import org.jspecify.annotations.NullMarked;
