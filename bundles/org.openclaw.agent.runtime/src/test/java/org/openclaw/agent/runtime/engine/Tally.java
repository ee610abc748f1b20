package org.openclaw.agent.runtime.engine;

import java.util.List;
import java.util.Optional;
import org.openclaw.agent.Query;

/** The messages of the agent that the engine's tests use. */
public sealed interface Tally {
    /** Remembers the number and replies with all of them. */
    record Note(int number) implements Tally {}

    /** Waits for the gate of the test. */
    record Wait(String gate) implements Tally {}

    /** Throws. */
    record Fail(String why) implements Tally {}

    /** Sends a number of notes to another agent. */
    record Pass(String to, int first, int count) implements Tally {}

    /** Sets a timer. */
    record Remind(String name, long seconds, int number) implements Tally {}

    /** Keeps the turn, which it must not. */
    record Hoard() implements Tally {}

    /** Optional and required components. */
    record Mixed(String required, Optional<String> optional, List<Integer> numbers) implements Tally {}

    /** Answers the state. */
    record Look() implements Tally, Query<Noted> {}

    /** Waits for the gate of the test, and answers. */
    record LookSlowly(String gate) implements Tally, Query<Noted> {}

    /** Tries to send, which a query must not. */
    record LookAndSend() implements Tally, Query<Noted> {}

    /** The state. */
    record Noted(List<Integer> numbers) {}
}
