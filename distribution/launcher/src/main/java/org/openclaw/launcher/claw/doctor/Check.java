package org.openclaw.launcher.claw.doctor;

import java.io.IOException;

/** Looks at one area of an installation, a home, or the container that runs on it. Changes nothing. */
public interface Check {
    /** What it looks at, in one or two words, such as {@code trust store}. */
    String area();

    /** @throws IOException when it cannot look; the doctor says so */
    Examination look(Situation situation) throws IOException;
}
