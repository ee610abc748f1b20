package org.openclaw.console.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;
import org.openclaw.security.Authenticator;
import org.openclaw.security.OriginPolicy;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every request to the Web Console. While it is not there the console answers 404, so there is no moment
 * in which the console's own default password works: the framework property
 * {@code felix.webconsole.security.providers=org.openclaw} makes it wait.
 *
 * <p>Whoever asks shows a session cookie, or a token as {@code Authorization: Bearer} (for scripts). Thread-safe.
 */
@Component(service = SecurityProvider.class, property = SecurityProvider.PROPERTY_ID + "=org.openclaw")
public final class ConsoleGuard implements SecurityProvider {
    private static final Logger log = LoggerFactory.getLogger(ConsoleGuard.class);
    private static final String BEARER = "bearer ";

    /** The console's pages have scripts and styles inside and its sorted tables evaluate text; nothing comes from elsewhere. */
    private static final String CONSOLE_POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    private final Authenticator authenticator;
    private final ConsolePolicy policy;
    private final Page page;
    private final Login login;

    @Activate
    public ConsoleGuard(@Reference Authenticator authenticator, @Reference OriginPolicy origins) {
        this.authenticator = authenticator;
        policy = new ConsolePolicy(origins);
        page = new Page();
        login = new Login(authenticator, page);
    }

    /** The subject on whose behalf the console may answer; null after this has answered instead. */
    @Override
    public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        try {
            harden(request, response);
            var subject = decide(request, response);
            if (subject == null) {
                // the answer is complete; left uncommitted, the server would replace it by a page of its own
                response.flushBuffer();
            }
            return subject;
        } catch (IOException gone) {
            throw new UncheckedIOException("cannot answer a request to the console", gone);
        }
    }

    private @Nullable Subject decide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var asked = ConsoleRequest.of(request);
        if (asked.path().equals("/login")) {
            var foreign = policy.foreign(asked);
            if (foreign.isPresent() || asked.body() == ConsoleRequest.Body.OTHER) {
                refuse(request, response, foreign.orElse("The login takes a form with the field 'token'."));
            } else {
                login.answer(request, response);
            }
            return null;
        }
        return switch (policy.decide(asked, () -> subjectOf(request))) {
            case Decision.Allowed(var subject) -> subject;
            case Decision.LoginWanted() -> {
                login.demand(request, response);
                yield null;
            }
            case Decision.Refused(var reason) -> {
                refuse(request, response, reason);
                yield null;
            }
        };
    }

    @Override
    public boolean authorize(Object user, String role) {
        return user instanceof Subject subject && subject.role().includes(Role.ADMIN);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        login.leave(request, response);
        try {
            // else the console goes on to ask for the password of its own login
            response.flushBuffer();
        } catch (IOException gone) {
            throw new UncheckedIOException("cannot answer a logout", gone);
        }
    }

    private Optional<Subject> subjectOf(HttpServletRequest request) {
        var authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return authenticator.token(authorization.substring(BEARER.length()).strip());
        }
        return SessionCookie.in(request).flatMap(authenticator::session);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String reason) throws IOException {
        log.debug("Refused {} to the console: {}", request.getMethod(), reason);
        var accepted = request.getHeader("Accept");
        if (accepted != null && accepted.contains("text/html")) {
            page.answer(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "Refused",
                    "<h1>This was refused</h1><p>%s</p><a class=\"button\" href=\"%s\">Back to the console</a>"
                            .formatted(Html.text(reason), LocalPath.HOME));
            return;
        }
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().write(reason + "\n");
    }

    private static void harden(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CONSOLE_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        // not 'no-referrer': browsers would then send 'Origin: null' with our own forms
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        var path = request.getPathInfo();
        if (path == null || !path.startsWith("/res")) {
            response.setHeader("Cache-Control", "no-store");
        }
    }
}
