package org.openclaw.launcher.claw;

import org.openclaw.launcher.Release;
import picocli.CommandLine.IVersionProvider;

/** What {@code claw --version} prints. */
final class ClawVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"OpenClaw " + Release.version() + ", Java " + Runtime.version()};
    }
}
