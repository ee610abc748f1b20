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

    Access(Authenticator authenticator, OriginPolicy origins) {
        this.authenticator = authenticator;
        this.origins = origins;
    }

    Subject subject(Request request) throws Rejection {
        var origin = request.header("Origin").orElse(null);
        var site = request.header("Sec-Fetch-Site").orElse(null);
        var foreign = origins.refusal(request.header("Host").orElse(null), origin, site, request.isSafe());
        if (foreign.isPresent()) {
            throw Problem.of(403, "origin.refused", foreign.get()).rejection();
        }
        var authorization = request.header("Authorization");
        if (authorization.isPresent()) {
            return bearer(authorization.get())
                    .flatMap(authenticator::token)
                    .orElseThrow(() -> unauthorized(
                            "token.wrong", "The token is not valid here (expected: 'Authorization: Bearer <token>')."));
        }
        var session = session(request.header("Cookie").orElse(""));
        if (session.isEmpty()) {
            throw unauthorized("token.missing", "This needs the header 'Authorization: Bearer <token>'.");
        }
        // A browser sends the cookie by itself, so what changes something must prove that a page of ours asked for it.
        if (!request.isSafe() && origin == null && site == null) {
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
