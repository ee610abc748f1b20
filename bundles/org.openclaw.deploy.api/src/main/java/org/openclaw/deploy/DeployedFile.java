package org.openclaw.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One file of the drop folder and what has become of it.
 *
 * @param fileName its name within {@code deploy/}
 * @param state where it is
 * @param verdict the gate's verdict on its present bytes, or the reason why it does not serve although trusted; empty
 *     while it is arriving
 * @param serving what runs on behalf of this file: its own bytes, or the last ones that did after an overwrite that is
 *     refused, or held back by a pin
 * @param since when it came into this state
 * @param took from the complete file to this state
 * @param note what a pin of its bundle means, in plain words; empty when its bundle is not pinned or not known
 */
public record DeployedFile(
        String fileName,
        State state,
        Optional<Verdict> verdict,
        Optional<Artifact> serving,
        Instant since,
        Duration took,
        Optional<String> note) {
    /** A file whose bundle is not pinned. */
    public DeployedFile(
            String fileName,
            State state,
            Optional<Verdict> verdict,
            Optional<Artifact> serving,
            Instant since,
            Duration took) {
        this(fileName, state, verdict, serving, since, took, Optional.empty());
    }

    /** Where a file is. */
    public enum State {
        /** Still being written, or being verified. */
        ARRIVING,
        /** Its present bytes run. */
        SERVING,
        /** Trusted, but another version of the same bundle serves: a higher one, or the one that it is pinned to. */
        SUPERSEDED,
        /** Its present bytes do not run; an earlier verified version of this file may. */
        REFUSED
    }

    /** The verdict in plain words, what runs instead where something does, and what a pin has to do with it. */
    public String text() {
        var text = verdict.map(Verdict::text).orElse("Arriving: " + fileName + " is still being written or verified.");
        if (state == State.SUPERSEDED) {
            text += note.isPresent() ? " It is held back." : " A higher version of it serves.";
        }
        if (state == State.REFUSED && serving.isPresent()) {
            text += " Still serving: " + serving.get() + ".";
        }
        return text + note.map(" "::concat).orElse("");
    }
}
