package org.openclaw.itest.simulation;

import org.openclaw.message.MessageType;

/** What the agents of the simulation take. Numbers of one sender begin at 1 and are contiguous. */
public sealed interface Ledger {
    /** From a client. */
    record Add(String client, long number) implements Ledger {}

    /** From another agent, which counts what it sends to this one. */
    record Passed(String from, long number) implements Ledger {}

    /** From another agent that waits for the reply: a number that nobody else gets. */
    record Asked(String question) implements Ledger {}

    /** From another agent that wants the reply as a message. */
    record Requested(String from, long number) implements Ledger {}

    /** The reply to that. */
    record Returned(String from, long number) implements Ledger {}

    /** Published, by an agent or from outside. */
    @MessageType("ledger.News")
    record News(String from, long number) implements Ledger {}

    /** From a timer of its own. */
    record Tick() implements Ledger {}

    /** From a schedule of its own. */
    record Tock() implements Ledger {}
}
