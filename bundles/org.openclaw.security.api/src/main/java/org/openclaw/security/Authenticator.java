package org.openclaw.security;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Knows who a token or a session belongs to. Thread-safe; answers take the same time whether they are yes or no. */
@ProviderType
public interface Authenticator {
    /** The name of the cookie that carries a {@link SessionId}, for every path of the server. */
    String SESSION_COOKIE = "openclaw-session";

    /** Who holds this token. */
    Optional<Subject> token(String token);

    /** Who opened this session; empty when it has ended. Each call keeps it open for another while. */
    Optional<Subject> session(SessionId session);

    /**
     * Opens a session for whoever holds the token. After several wrong tokens in a row it refuses all for a short while.
     *
     * @return empty when nobody holds the token
     */
    Optional<SessionId> login(String token);

    /** Ends a session; nothing happens when there is none. */
    void logout(SessionId session);
}
