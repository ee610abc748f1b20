package org.openclaw.launcher.claw.doctor;

import java.util.List;
import java.util.Optional;

/** What the running container says of itself. */
public sealed interface ServerView {
    /** There is none to ask. */
    record Absent() implements ServerView {}

    /**
     * It could not be asked.
     *
     * @param code why, such as {@code token.denied} or {@code connection.timeout}
     * @param reason the same, for people
     */
    record Silent(String code, String reason) implements ServerView {}

    /**
     * It answered.
     *
     * @param ready whether it takes work
     * @param missing what it waits for, when it does not
     * @param attention what it wants looked at; empty from a release that does not say
     */
    record Answering(boolean ready, List<String> missing, Optional<List<Finding>> attention) implements ServerView {
        public Answering {
            missing = List.copyOf(missing);
            attention = attention.map(List::copyOf);
        }
    }
}
