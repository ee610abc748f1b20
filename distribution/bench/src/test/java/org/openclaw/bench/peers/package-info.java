@NullMarked
package org.openclaw.bench.peers;

import org.jspecify.annotations.NullMarked;
