/**
 * Measurements of the engine on its store, in one process without a framework: the same classes and the same threads as in the
 * container.
 */
@NullMarked
package org.openclaw.bench.engine;

import org.jspecify.annotations.NullMarked;
