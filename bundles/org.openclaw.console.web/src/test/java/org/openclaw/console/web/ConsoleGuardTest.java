package org.openclaw.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openclaw.security.Authenticator;
import org.openclaw.security.OriginPolicy;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

class ConsoleGuardTest {
    private final KnownTokens tokens = new KnownTokens();
    private final ConsoleGuard guard = new ConsoleGuard(tokens, new OriginPolicy(Set.of("localhost")));

    @Test
    void sendsABrowserToTheLoginAndBack() {
        var exchange = new Exchange("GET", "/bundles/7").header("Accept", "text/html,*/*");

        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(303);
        assertThat(exchange.answer("Location")).isEqualTo("/system/console/login?next=/system/console/bundles/7");
    }

    @Test
    void says401ToAScript() {
        var exchange = new Exchange("GET", "/bundles.json").header("Accept", "application/json");

        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(401);
        assertThat(exchange.answer("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void showsAPageThatLoadsNothingAndRunsNoScript() {
        var exchange = new Exchange("GET", "/login");

        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.answer("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("frame-ancestors 'none'");
        assertThat(exchange.body()).contains("conf/admin.token").doesNotContain("<script", "src=", "://");
    }

    @Test
    void leavesTheServerNothingToAddToItsAnswers() {
        var page = new Exchange("GET", "/login");
        var refusal = new Exchange("PUT", "/bundles").header("Authorization", "Bearer oc_admin");
        authenticate(page);
        authenticate(refusal);

        assertThat(page.committed).isTrue();
        assertThat(refusal.committed).isTrue();
    }

    @Test
    void opensASessionForTheHolderOfAToken() {
        var exchange = login("oc_admin", "/system/console/vmstat");

        assertThat(exchange.status).isEqualTo(303);
        assertThat(exchange.answer("Location")).isEqualTo("/system/console/vmstat");
        assertThat(exchange.cookies).singleElement().satisfies(cookie -> {
            assertThat(cookie.getName()).isEqualTo(Authenticator.SESSION_COOKIE);
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getAttribute("SameSite")).isEqualTo("Strict");
            assertThat(cookie.getPath()).isEqualTo("/");
            assertThat(cookie.getMaxAge()).as("ends with the browser").isEqualTo(-1);
            assertThat(cookie.getSecure()).isFalse();
        });
    }

    @Test
    void marksTheCookieSecureOnAnEncryptedConnection() {
        var exchange =
                new Exchange("POST", "/login").parameter("token", "oc_admin").secure();
        authenticate(exchange);

        assertThat(exchange.cookies)
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.getSecure()).isTrue());
    }

    @Test
    void acceptsATokenWithTheLineBreakThatCameAlongWhenCopying() {
        assertThat(login(" oc_admin\n", "").status).isEqualTo(303);
    }

    @Test
    void goesNowhereElseAfterTheLogin() {
        assertThat(login("oc_admin", "https://evil.example/").answer("Location"))
                .isEqualTo("/system/console/overview");
    }

    @Test
    void leadsBackToTheViewOfOurTabThatWasAskedFor() {
        var asked = new Exchange("GET", "/agents").query("type=triage&q=a%20b").header("Accept", "text/html");
        authenticate(asked);

        assertThat(asked.answer("Location"))
                .isEqualTo("/system/console/login?next=/system/console/agents?type=triage%26q=a%2520b");
        assertThat(login("oc_admin", "/system/console/agents?type=triage&q=a%20b")
                        .answer("Location"))
                .isEqualTo("/system/console/agents?type=triage&q=a%20b");
    }

    @Test
    void explainsAWrongToken() {
        var exchange = login("oc_wrong", "/system/console/vmstat");

        assertThat(exchange.status).isEqualTo(401);
        assertThat(exchange.cookies).isEmpty();
        assertThat(exchange.body())
                .contains("role=\"alert\"", "Nobody holds this token", "value=\"/system/console/vmstat\"")
                .doesNotContain("oc_wrong");
    }

    @Test
    void saysToWaitWhenTooManyWrongTokensWereTried() {
        for (int i = 0; i < 3; i++) {
            login("oc_wrong", "");
        }
        var exchange = login("oc_admin", "");

        assertThat(exchange.status).isEqualTo(401);
        assertThat(exchange.body()).contains("wait a minute and try again");
    }

    @Test
    void takesNoLoginFromAForeignSite() {
        var exchange =
                new Exchange("POST", "/login").parameter("token", "oc_admin").header("Origin", "http://evil.example");
        authenticate(exchange);

        assertThat(exchange.status).isEqualTo(403);
        assertThat(exchange.cookies).isEmpty();
    }

    @Test
    void knowsWhoHoldsTheCookie() {
        var session = login("oc_reader", "").cookies.getFirst().getValue();
        var subject = authenticate(new Exchange("GET", "/bundles").cookie(Authenticator.SESSION_COOKIE, session));

        assertThat(subject)
                .isInstanceOfSatisfying(
                        Subject.class, known -> assertThat(known.role()).isEqualTo(Role.READER));
        assertThat(guard.authorize(Objects.requireNonNull(subject), "anything")).isFalse();
    }

    @Test
    void knowsTheTokenOfAScript() {
        assertThat(authenticate(new Exchange("GET", "/bundles").header("Authorization", "Bearer oc_admin")))
                .isInstanceOf(Subject.class);
    }

    @Test
    void hardensWhatTheConsoleAnswers() {
        var exchange = new Exchange("GET", "/bundles").header("Authorization", "Bearer oc_admin");
        authenticate(exchange);

        assertThat(exchange.answered)
                .containsEntry("X-Frame-Options", "DENY")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Cache-Control", "no-store")
                .containsKey("Content-Security-Policy");
    }

    @Test
    void refusesAnUploadWithoutLookingAtIt() {
        var exchange = new Exchange("POST", "/bundles")
                .header("Authorization", "Bearer oc_admin")
                .header("Content-Type", "multipart/form-data; boundary=x");

        assertThat(authenticate(exchange)).isNull();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(exchange.body()).contains("claw deploy");
    }

    @Test
    void forgetsTheSessionOnLogout() {
        var session = login("oc_admin", "").cookies.getFirst().getValue();
        var exchange = new Exchange("GET", "/logout").cookie(Authenticator.SESSION_COOKIE, session);
        guard.logout(exchange.request(), exchange.response());

        assertThat(exchange.answer("Location")).isEqualTo("/system/console/login?bye");
        assertThat(exchange.cookies)
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.getMaxAge()).isZero());
        assertThat(authenticate(new Exchange("GET", "/bundles").cookie(Authenticator.SESSION_COOKIE, session)))
                .isNull();
    }

    private Exchange login(String token, String next) {
        var exchange = new Exchange("POST", "/login").parameter("token", token).parameter("next", next);
        authenticate(exchange);
        return exchange;
    }

    private @Nullable Object authenticate(Exchange exchange) {
        return guard.authenticate(exchange.request(), exchange.response());
    }
}
