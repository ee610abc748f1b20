/** Agent types, their versions, and how bodies become records of one version and back. */
@NullMarked
package org.openclaw.agent.runtime.type;

import org.jspecify.annotations.NullMarked;
