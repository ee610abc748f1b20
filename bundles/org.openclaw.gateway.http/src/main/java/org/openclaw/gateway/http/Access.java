package org.openclaw.gateway.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openclaw.security.Authenticator;
import org.openclaw.security.OriginPolicy;
import org.openclaw.security.SessionId;
import org.openclaw.security.Subject;

/** Finds out who asks: by bearer token, or by the console's session cookie. */
final class Access {
    private final Authenticator authenticator;
    private final OriginPolicy origins;
    private final Cors cors;

    Access(Authenticator authenticator, OriginPolicy origins, Cors cors) {
        this.authenticator = authenticator;
        this.origins = origins;
        this.cors = cors;
    }

    /** Refuses what is not meant for this server, or was made by a page of another one that may not call. */
    void requireOurs(Request request) throws Rejection {
        var refused = cors.allows(request) ? misdirected(request) : foreign(request);
        if (refused.isPresent()) {
            throw Problem.of(403, "origin.refused", refused.get()).rejection();
        }
    }

    private Optional<String> misdirected(Request request) {
        return origins.refusal(request.header("Host").orElse(null), null, null, request.isSafe());
    }

    private Optional<String> foreign(Request request) {
        return origins.refusal(
                request.header("Host").orElse(null),
                request.header("Origin").orElse(null),
                request.header("Sec-Fetch-Site").orElse(null),
                request.isSafe());
    }

    /** The answer to the question whether a page of another server may call; empty when that is not asked, or it may not. */
    Optional<Response> preflight(Request request) {
        return misdirected(request).isPresent() ? Optional.empty() : cors.preflight(request);
    }

    /** Who asks, with a request of ours. */
    Subject subject(Request request) throws Rejection {
        var authorization = request.header("Authorization");
        if (authorization.isPresent()) {
            return bearer(authorization.get())
                    .flatMap(authenticator::token)
                    .orElseThrow(() -> unauthorized(
                            "token.wrong", "The token is not valid here (expected: 'Authorization: Bearer <token>')."));
        }
        var session = session(request.header("Cookie").orElse(""));
        // The law of sessions holds for pages of others as it did: they have to bring a token.
        if (session.isEmpty() || foreign(request).isPresent()) {
            throw unauthorized("token.missing", "This needs the header 'Authorization: Bearer <token>'.");
        }
        // A browser sends the cookie by itself, so what changes something must prove that a page of ours asked for it.
        boolean saysFromWhere = request.header("Origin").isPresent()
                || request.header("Sec-Fetch-Site").isPresent();
        if (!request.isSafe() && !saysFromWhere) {
            throw Problem.of(403, "origin.missing", "A session may change things only with Origin or Sec-Fetch-Site.")
                    .rejection();
        }
        return authenticator
                .session(session.get())
                .orElseThrow(() -> unauthorized("session.ended", "The session has ended. Log in again."));
    }

    private static Optional<String> bearer(String authorization) {
        return authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? Optional.of(authorization.substring("bearer ".length()).strip())
                : Optional.empty();
    }

    /** The session of the Cookie header; a cookie that comes twice was planted and counts as none. */
    private static Optional<SessionId> session(String cookies) {
        List<String> found = Arrays.stream(cookies.split(";", -1))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(Authenticator.SESSION_COOKIE + "="))
                .map(cookie -> cookie.substring(Authenticator.SESSION_COOKIE.length() + 1))
                .toList();
        return found.size() == 1 ? Optional.of(new SessionId(found.getFirst())) : Optional.empty();
    }

    private static Rejection unauthorized(String code, String detail) {
        return Problem.of(401, code, detail).with("WWW-Authenticate", "Bearer").rejection();
    }
}
