@NullMarked
package org.openclaw.gateway.http;

import org.jspecify.annotations.NullMarked;
