/** Takes events to whoever listens, remembers the last minutes, and says what an operator should do something about. */
@NullMarked
package org.openclaw.telemetry.health;

import org.jspecify.annotations.NullMarked;
