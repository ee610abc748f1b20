/** Apache Pekko Persistence on PostgreSQL, measured in a process of its own. Start with {@code PekkoPersistence}. */
@NullMarked
package org.openclaw.bench.peers.pekko;

import org.jspecify.annotations.NullMarked;
