@NullMarked
package org.openclaw.console.web;

import org.jspecify.annotations.NullMarked;
