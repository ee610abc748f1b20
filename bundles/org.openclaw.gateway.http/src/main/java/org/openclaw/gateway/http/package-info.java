/**
 * The HTTP door. {@link org.openclaw.gateway.http.ApiServlet} is the only class that knows servlets: it turns what
 * arrives into a {@link org.openclaw.gateway.http.Request}, {@link org.openclaw.gateway.http.Door} checks who asks and
 * finds the resource, and the resources speak to the APIs.
 */
@NullMarked
package org.openclaw.gateway.http;

import org.jspecify.annotations.NullMarked;
