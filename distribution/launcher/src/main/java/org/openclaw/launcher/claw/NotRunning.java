package org.openclaw.launcher.claw;

import org.openclaw.launcher.Home;

/** The refusal of every verb that needs a running container. */
final class NotRunning {
    private NotRunning() {}

    static ClawException on(Home home) {
        return ClawException.refused(
                "not.running",
                "No container runs on %s. Start one with 'claw run', or name its home with '--home DIR'."
                        .formatted(home.folder()));
    }
}
