package org.openclaw.deploy.folder;

import org.openclaw.deploy.Artifact;

/** One thing to do so that what runs comes nearer to what lies in the folder. */
sealed interface Action {
    Artifact artifact();

    /** Install beside whatever runs, and start. */
    record Start(Artifact artifact) implements Action {}

    /** Stop and uninstall. */
    record Retire(Artifact artifact) implements Action {}

    /** Give up a start that is under way; it goes down instead. */
    record Abandon(Artifact artifact) implements Action {}
}
