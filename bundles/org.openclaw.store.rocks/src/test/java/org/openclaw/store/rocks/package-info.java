@NullMarked
package org.openclaw.store.rocks;

import org.jspecify.annotations.NullMarked;
