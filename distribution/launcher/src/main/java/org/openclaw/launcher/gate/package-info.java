/**
 * The trust gate: the artifact store, the verdicts, and the resolver hook that keeps everything else out. Start at
 * {@link org.openclaw.launcher.gate.TrustGate}; the hook is {@link org.openclaw.launcher.gate.GateHook}.
 */
@NullMarked
package org.openclaw.launcher.gate;

import org.jspecify.annotations.NullMarked;
