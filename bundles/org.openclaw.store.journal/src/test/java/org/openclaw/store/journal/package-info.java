@NullMarked
package org.openclaw.store.journal;

import org.jspecify.annotations.NullMarked;
