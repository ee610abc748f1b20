package org.openclaw.security.token;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openclaw.security.SessionId;

/**
 * The open console sessions, each with the token that opened it. In memory: a restart ends them all. The map is ordered
 * by last use, so the first entry is the one to go when it is full. Thread-safe.
 */
final class Sessions {
    private static final int ID_BYTES = 32;

    /** How long and how many. */
    record Limits(Duration idle, Duration absolute, int count) {
        Limits {
            within("session.idle.minutes", idle.toMinutes(), 1440);
            within("session.max.hours", absolute.toHours(), 168);
            within("sessions.max", count, 10_000);
        }

        private static void within(String name, long value, long max) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + max + ")");
            }
        }
    }

    private record Session(Secret token, Instant openedAt, Instant usedAt) {}

    private final Limits limits;
    private final SecureRandom random;
    private final Map<Secret, Session> open = new LinkedHashMap<>();

    Sessions(Limits limits, SecureRandom random) {
        this.limits = limits;
        this.random = random;
    }

    synchronized SessionId open(Secret token, Instant now) {
        open.values().removeIf(session -> hasEnded(session, now));
        if (open.size() >= limits.count()) {
            open.remove(open.keySet().iterator().next());
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var id = new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        open.put(Secret.of(id.value()), new Session(token, now, now));
        return id;
    }

    /** The token that opened the session, which is kept open for another while; empty when it has ended. */
    synchronized Optional<Secret> use(SessionId id, Instant now) {
        var key = Secret.of(id.value());
        var session = open.remove(key);
        if (session == null || hasEnded(session, now)) {
            return Optional.empty();
        }
        open.put(key, new Session(session.token(), session.openedAt(), now));
        return Optional.of(session.token());
    }

    synchronized void close(SessionId id) {
        open.remove(Secret.of(id.value()));
    }

    private boolean hasEnded(Session session, Instant now) {
        return !now.isBefore(session.usedAt().plus(limits.idle()))
                || !now.isBefore(session.openedAt().plus(limits.absolute()));
    }
}
