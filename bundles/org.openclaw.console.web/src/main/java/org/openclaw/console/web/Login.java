package org.openclaw.console.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.openclaw.security.Authenticator;
import org.openclaw.security.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The login page: a token goes in, a session cookie comes out. */
final class Login {
    private static final Logger log = LoggerFactory.getLogger(Login.class);
    private static final int LONGEST_TOKEN = 1024;

    private final Authenticator authenticator;
    private final Page page;

    Login(Authenticator authenticator, Page page) {
        this.authenticator = authenticator;
        this.page = page;
    }

    /** What the page says above its field. */
    private enum Message {
        NONE(200, ""),
        LOGGED_OUT(200, "<p role=\"status\">You are logged out.</p>"),
        WRONG(
                401,
                "<p class=\"bad\" id=\"wrong\" role=\"alert\">Nobody holds this token. Paste the whole line, from"
                        + " <code>oc_</code> to its end. After several wrong tokens every login is refused for a short"
                        + " while: then wait a minute and try again.</p>");

        private final int status;
        private final String html;

        Message(int status, String html) {
            this.status = status;
            this.html = html;
        }
    }

    /** Answers a request to the login page itself; its origin has been checked. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var next = LocalPath.parse(request.getParameter("next"));
        if (!request.getMethod().equals("POST")) {
            var message = request.getParameter("bye") == null ? Message.NONE : Message.LOGGED_OUT;
            show(response, message, next);
            return;
        }
        var token = request.getParameter("token");
        var session = token == null || token.length() > LONGEST_TOKEN
                ? Optional.<SessionId>empty()
                : authenticator.login(token.strip());
        if (session.isEmpty()) {
            log.warn(
                    "Refused a login to the console from {}: wrong token, or too many wrong ones",
                    request.getRemoteAddr());
            show(response, Message.WRONG, next);
            return;
        }
        SessionCookie.in(request).ifPresent(authenticator::logout);
        response.addCookie(SessionCookie.opening(session.get(), request.isSecure()));
        seeOther(response, next.value());
    }

    /** Sends a browser that asked for a page to the login, and says 401 to everything else. */
    void demand(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var accepted = request.getHeader("Accept");
        boolean forAPage = accepted != null && accepted.contains("text/html");
        if (forAPage) {
            seeOther(
                    response,
                    LocalPath.LOGIN + "?next="
                            + LocalPath.within(request.getPathInfo(), request.getQueryString())
                                    .encoded());
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", "Bearer");
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().write("Nobody is logged in. Log in at " + LocalPath.LOGIN + ".\n");
    }

    /** Ends the session and shows the login page. */
    void leave(HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.in(request).ifPresent(authenticator::logout);
        response.addCookie(SessionCookie.ending(request.isSecure()));
        seeOther(response, LocalPath.LOGIN + "?bye");
    }

    private void show(HttpServletResponse response, Message message, LocalPath next) throws IOException {
        boolean wrong = message == Message.WRONG;
        if (wrong) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        page.answer(response, message.status, "Log in", """
                <h1>Log in to the console</h1>
                %s
                <form method="post" action="%s">
                <input type="hidden" name="next" value="%s">
                <label for="token">Token</label>
                <input type="password" id="token" name="token" required autofocus maxlength="%d" autocomplete="current-password"
                  autocapitalize="none" spellcheck="false" aria-describedby="%shint"%s>
                <p class="quiet hint" id="hint">The one line in <code>conf/admin.token</code> of the installation.</p>
                <button>Log in</button>
                </form>
                <details>
                <summary>Where do I find it?</summary>
                <p class="quiet">The first start of the container writes two files that only its owner can read. On that machine, in
                the installation's folder:</p>
                <p><code>cat conf/admin.token</code></p>
                <p class="quiet">Its holder may change everything. Give <code>conf/reader.token</code> to those who only look.</p>
                </details>
                """.formatted(
                        message.html,
                        LocalPath.LOGIN,
                        Html.text(next.value()),
                        LONGEST_TOKEN,
                        wrong ? "wrong " : "",
                        wrong ? " aria-invalid=\"true\"" : ""));
    }

    private static void seeOther(HttpServletResponse response, String location) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", location);
    }
}
