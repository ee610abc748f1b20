/**
 * Runs agents in a plain unit test, on the real engine, without a container: no threads, a clock that stands until it is
 * told to go, and seeded randomness, so that a test does the same each time.
 *
 * <p>Start at {@link org.openclaw.test.kit.AgentKit}. Assertions are the author's.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.openclaw.test.kit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
