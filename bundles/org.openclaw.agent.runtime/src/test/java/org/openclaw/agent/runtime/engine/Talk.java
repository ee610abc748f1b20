package org.openclaw.agent.runtime.engine;

import org.openclaw.agent.Query;
import org.openclaw.message.MessageType;

/** The messages of agents whose test says what each of them does. */
public sealed interface Talk {
    /** Does what the test says. */
    record Hear(String what) implements Talk {}

    /** A reply that comes as a message. */
    @MessageType("talk.Word")
    record Word(String what) implements Talk {}

    record Heard() implements Talk, Query<Memory> {}

    /** The state: what was heard, one behind the other. */
    record Memory(String all) {
        Memory and(String what) {
            return new Memory(all.isEmpty() ? what : all + " " + what);
        }
    }
}
