/** The turn store on RocksDB. Start at {@link org.openclaw.store.rocks.RocksTurnStore}. */
@NullMarked
package org.openclaw.store.rocks;

import org.jspecify.annotations.NullMarked;
