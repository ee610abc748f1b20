package org.openclaw.console.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.openclaw.message.Tenant;
import org.openclaw.security.Authenticator;
import org.openclaw.security.Role;
import org.openclaw.security.SessionId;
import org.openclaw.security.Subject;

/** Knows the tokens "oc_admin" and "oc_reader", and refuses every login after the third wrong one in a row. */
final class KnownTokens implements Authenticator {
    private final Map<String, Subject> tokens = Map.of(
            "oc_admin", new Subject("admin", Tenant.DEFAULT, Role.ADMIN),
            "oc_reader", new Subject("reader", Tenant.DEFAULT, Role.READER));
    private final Map<SessionId, Subject> sessions = new HashMap<>();
    private int wrong;

    @Override
    public Optional<Subject> token(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    @Override
    public Optional<Subject> session(SessionId session) {
        return Optional.ofNullable(sessions.get(session));
    }

    @Override
    public Optional<SessionId> login(String token) {
        var subject = token(token);
        if (subject.isEmpty() || wrong >= 3) {
            wrong++;
            return Optional.empty();
        }
        var session = new SessionId("session-" + sessions.size());
        sessions.put(session, subject.get());
        return Optional.of(session);
    }

    @Override
    public void logout(SessionId session) {
        sessions.remove(session);
    }
}
