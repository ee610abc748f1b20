/**
 * A container as its operator has it, bundles to drop into it, and the measurements that are made with both. The tests of the
 * launched process use the same pieces.
 */
@NullMarked
package org.openclaw.bench.container;

import org.jspecify.annotations.NullMarked;
