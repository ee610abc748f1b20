package org.openclaw.launcher.claw.doctor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.RunningFile;

/**
 * What the checks look at.
 *
 * @param installation the binaries
 * @param home may be broken in any way
 * @param running the process that has {@code data/}; empty when none has
 * @param server what that process says over HTTP
 * @param machine the one that this runs on
 * @param now the time at which certificates and files are judged
 * @param progress is told of what takes a while
 */
public record Situation(
        Installation installation,
        Home home,
        Optional<RunningFile> running,
        ServerView server,
        Machine machine,
        Instant now,
        Progress progress) {

    /** Whether the container that runs says itself what needs attention. */
    boolean serverKnows() {
        return server instanceof ServerView.Answering answering
                && answering.attention().isPresent();
    }

    /** The publishers' files of the installation, where it is not the home itself. */
    List<Path> publishersOfTheInstallation() {
        return installation.conf().equals(home.conf())
                ? List.of()
                : Certificates.children(installation.conf().resolve("trust/publishers"));
    }

    /** Writes cures. */
    Shell shell() {
        return new Shell(installation, home, machine.environment());
    }

    /** A file of the home or the installation, as briefly as it can be named. */
    String named(Path file) {
        var absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(home.folder()) && !absolute.equals(home.folder())
                ? home.folder().relativize(absolute).toString()
                : absolute.toString();
    }
}
