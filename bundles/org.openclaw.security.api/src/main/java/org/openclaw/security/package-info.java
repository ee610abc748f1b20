/**
 * Who is asking, and what they may do.
 *
 * <p>Doors turn what a request carries into a {@link org.openclaw.security.Subject} with
 * {@link org.openclaw.security.Authenticator}, and let {@link org.openclaw.security.OriginPolicy} refuse requests that a
 * foreign page makes in a user's browser.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.openclaw.security;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
