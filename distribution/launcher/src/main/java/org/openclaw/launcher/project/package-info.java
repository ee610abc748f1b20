/**
 * New projects of plugin authors: what {@code claw new} writes. The sources are those of a bundle that this build compiles and
 * tests, written anew under other names. Start at {@link org.openclaw.launcher.project.AgentProject}.
 */
@NullMarked
package org.openclaw.launcher.project;

import org.jspecify.annotations.NullMarked;
