/** The whole engine on its journal, with time, threads, randomness and the disk in the hands of one seed. */
@NullMarked
package org.openclaw.itest.simulation;

import org.jspecify.annotations.NullMarked;
