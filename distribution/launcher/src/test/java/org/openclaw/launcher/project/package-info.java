@NullMarked
package org.openclaw.launcher.project;

import org.jspecify.annotations.NullMarked;
