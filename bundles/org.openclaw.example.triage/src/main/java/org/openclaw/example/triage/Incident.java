package org.openclaw.example.triage;

import java.time.Instant;
import java.util.Optional;

/**
 * What people are called for: from the first alert of a service that fires until none does.
 *
 * @param number counts the incidents of the service, from 1
 * @param since when it was opened
 * @param level who is called: 1 at first, more with each escalation
 * @param alerts how many firings it has grouped
 * @param acknowledgedBy who looks after it
 * @param resolvedAt when no alert fired any more
 */
public record Incident(
        int number,
        Instant since,
        int level,
        int alerts,
        Optional<String> acknowledgedBy,
        Optional<Instant> resolvedAt) {

    static Incident open(int number, Instant now) {
        return new Incident(number, now, 1, 0, Optional.empty(), Optional.empty());
    }

    Incident joined(int more) {
        return new Incident(number, since, level, alerts + more, acknowledgedBy, resolvedAt);
    }

    /** The first answer counts: who has taken it keeps it. */
    Incident acknowledged(String by) {
        return new Incident(number, since, level, alerts, acknowledgedBy.or(() -> Optional.of(by)), resolvedAt);
    }

    Incident escalated(int to) {
        return new Incident(number, since, to, alerts, acknowledgedBy, resolvedAt);
    }

    Incident resolved(Instant now) {
        return new Incident(number, since, level, alerts, acknowledgedBy, Optional.of(now));
    }
}
