/**
 * Our pages in the Felix Web Console, and the way into it.
 *
 * <p>{@link org.openclaw.console.web.ConsoleGuard} stands before every request to the console and asks
 * {@link org.openclaw.console.web.ConsolePolicy}; each {@link org.openclaw.console.web.Tab} is a page whose scripts, in
 * {@code res/}, are clients of the HTTP API.
 */
@NullMarked
package org.openclaw.console.web;

import org.jspecify.annotations.NullMarked;
