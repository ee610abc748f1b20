/** Tokens from the files of {@code conf/}, console sessions in memory, and the names that this server answers to. */
@NullMarked
package org.openclaw.security.token;

import org.jspecify.annotations.NullMarked;
