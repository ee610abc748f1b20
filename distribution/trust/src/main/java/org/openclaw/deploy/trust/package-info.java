/**
 * Signatures, the trust store, policy and revocation. A plain jar on the launcher's class path together with Bouncy
 * Castle, never installed as a bundle; {@code claw verify} and the running container take the same path through it.
 */
@NullMarked
package org.openclaw.deploy.trust;

import org.jspecify.annotations.NullMarked;
