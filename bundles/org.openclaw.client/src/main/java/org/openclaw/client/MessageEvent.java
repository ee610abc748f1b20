package org.openclaw.client;

import org.openclaw.message.TrackedMessage;

/** Something that comes of a message while it is followed. */
public sealed interface MessageEvent {
    /**
     * A piece of what its turn is about to reply. It is no reply: a turn that is repeated shows its text again from its beginning, and
     * what the earlier attempt has shown counts no more.
     *
     * @param attempt which one at the message it is; a later one has a greater number
     * @param offset where the text stands within all that this attempt has shown, in chars
     * @param text the piece
     * @param missed whether text before it has not come, as the container has forgotten it
     */
    record Previewed(int attempt, long offset, String text, boolean missed) implements MessageEvent {}

    /**
     * It has ended; nothing comes behind this.
     *
     * @param message with how it ended, and the reply where there is one
     */
    record Ended(TrackedMessage message) implements MessageEvent {}
}
