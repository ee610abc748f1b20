/**
 * What starts the container: the folders of an installation, the features it is made of, the framework that runs them.
 * Start at {@link org.openclaw.launcher.Container}. A plain jar on the class path, outside every bundle.
 */
@NullMarked
package org.openclaw.launcher;

import org.jspecify.annotations.NullMarked;
