@NullMarked
package org.openclaw.deploy.folder;

import org.jspecify.annotations.NullMarked;
