package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilitiesCommandTest {
    private static final String STOCK = """
            {"name":"stock.reserve","providers":[{"bundle":"acme.stock","version":"1.2.0"},{"bundle":"acme.stock","version":"1.1.0"}],\
            "limits":{"rule":"*","concurrent":4,"perSecond":0,"queue":1000,"waitMillis":10000,"timeoutMillis":5000,"attempts":3,\
            "retryMillis":200,"breakerFailures":5,"breakerCalls":20,"breakerMillis":30000},\
            "circuit":{"state":"open","since":"2026-11-01T12:00:00Z","cause":"no stock","retryAt":"2026-11-01T12:00:30Z"},\
            "calls":9,"failures":1,"refused":2,"retries":3,"timeouts":0,"running":3,"waiting":1,"p50Millis":1.25,"p99Millis":7.5,\
            "waiters":[{"operation":"call","for":"room","since":"2026-11-01T12:00:01Z","agent":"order/7"}]\
            """;
    private static final String MAIL = """
            {"name":"mail","providers":[],"limits":{"rule":"default","concurrent":0,"perSecond":0,"queue":1000,"waitMillis":10000,\
            "timeoutMillis":0,"attempts":1,"retryMillis":200,"breakerFailures":0,"breakerCalls":20,"breakerMillis":10000},\
            "circuit":{"state":"closed"},"calls":0,"failures":0,"refused":0,"retries":0,"timeouts":0,"running":0,"waiting":0,\
            "waiters":[]\
            """;

    private final ClientFixture fixture;

    CapabilitiesCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void listsThem() {
        fixture.server.answer("GET /v1/capabilities", 200, "{\"capabilities\":[" + MAIL + "}," + STOCK + "}]}");

        assertThat(fixture.claw("capabilities").out()).isEqualToNormalizingNewlines("""
                CAPABILITY     PROVIDER                     CIRCUIT  RUNNING  WAITING  CALLS  FAILED  REFUSED  P99 MS
                mail           none                         closed   0              0      0       0        0  -
                stock.reserve  acme.stock 1.2.0 and 1 more  open     3 of 4         1      9       1        2  7.5""");
    }

    @Test
    void saysWhatItMeansThatThereAreNone() {
        fixture.server.answer("GET /v1/capabilities", 200, "{\"capabilities\":[]}");

        assertThat(fixture.claw("capabilities").out()).startsWith("There are no capabilities.");
        assertThat(fixture.claw("capabilities", "--json").out()).isEqualTo("{\"capabilities\":[]}");
    }

    @Test
    void showsOneWithItsLimitsWhoWaitsAndItsLatestCalls() {
        fixture.server.answer("GET /v1/capabilities/stock.reserve?limit=20", 200, STOCK + """
                ,"recentCalls":[{"operation":"call","provider":"acme.stock","version":"1.2.0","startedAt":"2026-11-01T12:00:00Z",\
                "millis":7.5,"waitedMillis":0.0,"attempts":3,"code":"java.io.IOException","cause":"no stock"}]}""");

        assertThat(fixture.claw("capabilities", "show", "stock.reserve").out()).isEqualToNormalizingNewlines("""
                stock.reserve: acme.stock 1.2.0, acme.stock 1.1.0
                limits (*): 4 at once, any a second, time-out 5000 ms; 1000 wait for at most 10000 ms
                attempts: 3, breaker: 5 failures of 20 calls, for 30000 ms
                open: since 2026-11-01T12:00:00Z, the last failure: no stock, tried again at 2026-11-01T12:00:30Z
                calls: 9, failed: 1, refused: 2, attempts beyond the first: 3, timed out: 0
                median: 1.25 ms, 99 of 100 within 7.5 ms
                now: 3 running, 1 waiting
                waits: since 2026-11-01T12:00:01Z for room, call of order/7
                call: 2026-11-01T12:00:00Z call, acme.stock 1.2.0, 7.5 ms, waited 0.0 ms, attempts 3, java.io.IOException: no stock""");
    }

    @Test
    void saysThatNobodyProvidesIt() {
        fixture.server.answer("GET /v1/capabilities/mail?limit=1", 200, MAIL + ",\"recentCalls\":[]}");

        assertThat(fixture.claw("capabilities", "show", "mail", "--limit", "1").out())
                .startsWith("mail: no provider is running, calls wait for one")
                .contains("limits (default): any at once, any a second, time-out any;", "breaker: none")
                .doesNotContain("median", "open:");
    }

    @Test
    void suggestsTheNameThatMayHaveBeenMeant() {
        fixture.server
                .answer(
                        "GET /v1/capabilities/stock.reseve?limit=20",
                        404,
                        "{\"code\":\"capability.unknown\",\"detail\":\"There is no such capability.\"}")
                .answer("GET /v1/capabilities", 200, "{\"capabilities\":[" + STOCK + "}]}");

        var result = fixture.claw("capabilities", "show", "stock.reseve");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("Did you mean 'stock.reserve'?");
    }

    @Test
    void refusesALimitThatIsNone() {
        assertThat(fixture.claw("capabilities", "show", "mail", "--limit", "0").exit())
                .isEqualTo(2);
    }
}
