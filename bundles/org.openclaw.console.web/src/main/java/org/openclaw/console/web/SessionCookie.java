package org.openclaw.console.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import org.openclaw.security.Authenticator;
import org.openclaw.security.SessionId;

/** The cookie that carries a console session. */
final class SessionCookie {
    private SessionCookie() {}

    static Optional<SessionId> in(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(Authenticator.SESSION_COOKIE))
                        .map(cookie -> new SessionId(cookie.getValue()))
                        .findFirst();
    }

    /**
     * The cookie that opens a session. It ends with the browser, no script reads it, and no request that begins on
     * another site carries it.
     */
    static Cookie opening(SessionId session, boolean secure) {
        return shaped(session.value(), secure);
    }

    /** The cookie that makes the browser forget the session. */
    static Cookie ending(boolean secure) {
        var cookie = shaped("", secure);
        cookie.setMaxAge(0);
        return cookie;
    }

    private static Cookie shaped(String value, boolean secure) {
        var cookie = new Cookie(Authenticator.SESSION_COOKIE, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setAttribute("SameSite", "Strict");
        return cookie;
    }
}
