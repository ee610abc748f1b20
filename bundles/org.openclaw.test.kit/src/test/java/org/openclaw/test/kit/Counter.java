package org.openclaw.test.kit;

import org.openclaw.agent.Query;
import org.openclaw.message.MessageType;

/** The messages of the counting agent. */
sealed interface Counter {
    record Add(int amount) implements Counter {}

    record ResetLater(String timer, long seconds) implements Counter {}

    record KeepCount() implements Counter {}

    record Reset() implements Counter {}

    record PassOn(String to, int amount) implements Counter {}

    record Draw() implements Counter {}

    record Fail(String why) implements Counter {}

    /** Takes a step whose result has so many characters. */
    record Download(int size) implements Counter {}

    /** Takes three steps beside each other, each of which fails some times. */
    record Fetch(int failures) implements Counter {}

    /** Does something else each time it is run. */
    record Drift(String how) implements Counter {}

    /** Adds what somebody outside says. */
    record Wait() implements Counter {}

    /** Shows what it is about to add, and what it has added. */
    record Say(String text) implements Counter {}

    /** Adds what an agent of another type replies, at once or as a message. */
    record Ask(boolean later) implements Counter {}

    /** What the bank replies. */
    @MessageType("bank.Paid")
    record Paid(int amount) implements Counter {}

    /** Adds what others publish from now on. */
    record Follow() implements Counter {}

    /** Publishes an amount. */
    record Publish(int amount) implements Counter {}

    /** What is published. */
    @MessageType("amounts.Added")
    record Added(int amount) implements Counter {}

    record Total() implements Counter, Query<CounterState> {}
}
