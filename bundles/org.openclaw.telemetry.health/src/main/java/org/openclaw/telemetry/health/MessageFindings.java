package org.openclaw.telemetry.health;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openclaw.telemetry.Finding;
import org.openclaw.telemetry.Severity;

/** What there is to say about the messages of the last minute, and about those that were set aside. */
final class MessageFindings {
    private MessageFindings() {}

    static List<Finding> of(Work lastMinute, long dead, Limits limits) {
        return Stream.of(full(lastMinute), failing(lastMinute, limits), dead(dead))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> full(Work work) {
        if (work.full() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "inboxes.full",
                Severity.WARNING,
                "inboxes",
                messages(work.full()) + " refused within the last minute because a queue was full.",
                "Senders have to send again; one that does not loses its message.",
                "'claw agents' shows where messages wait. Send less, make these turns faster, or raise inbox.messages and"
                        + " node.messages of org.openclaw.agent.runtime."));
    }

    private static String messages(long count) {
        return count == 1 ? "1 message was" : count + " messages were";
    }

    private static Optional<Finding> failing(Work work, Limits limits) {
        long ended = work.turns() + work.failed();
        if (work.failed() < limits.failedTurns() || work.failed() * 100.0 / ended <= limits.failedPercent()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "messages.failing",
                Severity.WARNING,
                "turns",
                work.failed() + " of " + ended + " turns failed within the last minute.",
                "Each is tried again as its type says; then it is set aside as a dead letter, or its agent is quarantined.",
                "The events and the log name each failure with its cause; 'claw agents show TYPE/KEY' shows the recent"
                        + " turns of an agent."));
    }

    private static Optional<Finding> dead(long count) {
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "dead-letters.waiting",
                Severity.WARNING,
                "dead letters",
                messages(count) + " set aside because " + (count == 1 ? "its turns" : "their turns") + " failed.",
                "Nothing tries them again until somebody redrives them; when there are too many, agents whose messages"
                        + " fail are quarantined.",
                "'claw dead' lists them with their causes. Mend the cause, then 'claw dead redrive RECEIPT', or 'claw dead"
                        + " discard RECEIPT' what nobody needs."));
    }
}
