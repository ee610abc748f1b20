package org.openclaw.agent;

/**
 * Some of what a turn has shown before it ended.
 *
 * @param offset where the text begins within all that this attempt has shown, in UTF-16 code units
 * @param text well-formed; empty where all that the reader has not read is forgotten
 * @param missed whether text before it, which the reader has not read, is forgotten
 * @param next where to read on; its attempt is the one of this text: a later attempt begins at offset 0 and has a greater number,
 *     and what was shown before it counts no more
 */
public record Preview(long offset, String text, boolean missed, PreviewId next) {
    /** Which attempt at the message has shown it: 1 or more. */
    public int attempt() {
        return next.attempt();
    }
}
