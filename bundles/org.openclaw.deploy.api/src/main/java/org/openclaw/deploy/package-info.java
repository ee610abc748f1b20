/**
 * Artifacts, verdicts of trust and deployments.
 *
 * <p>Start at {@link org.openclaw.deploy.Deployments} to see or change what is deployed, and at
 * {@link org.openclaw.deploy.Verdict} for what the container thinks of a jar. {@link org.openclaw.deploy.Gate} is
 * implemented by the launcher, outside every bundle; {@link org.openclaw.deploy.Deployments} by the watcher of the drop
 * folder. The package is exported by the system bundle.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.openclaw.deploy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
