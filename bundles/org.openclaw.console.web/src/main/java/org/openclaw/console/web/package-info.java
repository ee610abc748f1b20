/**
 * The way into the Felix Web Console, and what it shows of trust.
 *
 * <p>{@link org.openclaw.console.web.ConsoleGuard} stands before every request to the console and asks
 * {@link org.openclaw.console.web.ConsolePolicy}; the other components are things to look at.
 */
@NullMarked
package org.openclaw.console.web;

import org.jspecify.annotations.NullMarked;
