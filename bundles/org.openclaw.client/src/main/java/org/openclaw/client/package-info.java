/**
 * Talks to the agents of a container from any Java program, over its HTTP door: {@link org.openclaw.client.OpenClaw} sends records as
 * messages, asks, looks where messages are, and follows replies as they come into being and what agents do. Needs no OSGi.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.openclaw.client;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
