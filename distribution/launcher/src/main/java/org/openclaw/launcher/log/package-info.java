/**
 * Where log lines go: bundles reach slf4j and logback of the class path through the system bundle; what speaks the OSGi Log
 * Service, and the framework itself, is led there too.
 */
@NullMarked
package org.openclaw.launcher.log;

import org.jspecify.annotations.NullMarked;
