@NullMarked
package org.openclaw.gateway.jetty;

import org.jspecify.annotations.NullMarked;
