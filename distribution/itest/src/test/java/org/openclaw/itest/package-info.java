/** Checks over the whole house, container tests on the built bundles, and tests of the launched process from outside. */
@NullMarked
package org.openclaw.itest;

import org.jspecify.annotations.NullMarked;
