@NullMarked
package org.openclaw.security.token;

import org.jspecify.annotations.NullMarked;
