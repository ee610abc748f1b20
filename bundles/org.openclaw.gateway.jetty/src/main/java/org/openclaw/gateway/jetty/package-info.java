/**
 * What the HTTP server has no settings for: how many connections may be open, how long the headers of a request may take, and how it stops.
 * Start with {@link org.openclaw.gateway.jetty.ConnectionBounds}.
 */
@NullMarked
package org.openclaw.gateway.jetty;

import org.jspecify.annotations.NullMarked;
