/** Finds agent types and capabilities in the OSGi registry and puts the engine at their service. */
@NullMarked
package org.openclaw.agent.runtime;

import org.jspecify.annotations.NullMarked;
