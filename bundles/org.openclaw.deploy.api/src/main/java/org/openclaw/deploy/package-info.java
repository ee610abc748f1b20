/**
 * Artifacts, verdicts of trust, deployments and the trust store.
 *
 * <p>Start at {@link org.openclaw.deploy.Deployments} to see or change what is deployed, at
 * {@link org.openclaw.deploy.Verdict} for what the container thinks of a jar, and at {@link org.openclaw.deploy.Trust} for
 * whose jars it takes. {@link org.openclaw.deploy.Gate} and {@link org.openclaw.deploy.Trust} are implemented by the
 * launcher, outside every bundle; {@link org.openclaw.deploy.Deployments} by the watcher of the drop folder. The package is
 * exported by the system bundle.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.openclaw.deploy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
