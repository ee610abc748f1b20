package org.openclaw.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.console.web.ConsoleRequest.Body;
import org.openclaw.message.Tenant;
import org.openclaw.security.OriginPolicy;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

class ConsolePolicyTest {
    private final ConsolePolicy policy = new ConsolePolicy(new OriginPolicy(Set.of("localhost", "127.0.0.1")));

    @ParameterizedTest(name = "{0} {1} {2} by {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
                    # method | path              | parameters              | role   | outcome
                    GET      | /bundles          |                         | READER | Allowed
                    GET      | /bundles          |                         | ADMIN  | Allowed
                    HEAD     | /bundles          |                         | READER | Allowed
                    GET      | /overview         |                         | OPERATOR | Allowed
                    GET      | /overview         |                         | SENDER | Refused
                    GET      | /configMgr        |                         | SENDER | Refused
                    POST     | /configMgr/a.pid  | apply=true              | OPERATOR | Refused
                    GET      | /memoryusage/a.hp |                         | OPERATOR | Refused
                    GET      | /overview         |                         | READER | Allowed
                    GET      | /agents           | type=triage&q=a         | READER | Allowed
                    GET      | /overview/res/a.js|                         | READER | Allowed
                    GET      | /overview/res/a.js|                         | nobody | LoginWanted
                    POST     | /overview         | action=start            | ADMIN  | Refused
                    POST     | /agents           | suspended=true          | ADMIN  | Refused
                    POST     | /deployments      | action=install          | ADMIN  | Refused
                    GET      | /bundles          |                         | nobody | LoginWanted
                    POST     | /bundles          | action=install          | nobody | LoginWanted
                    GET      | /res              |                         | nobody | LoginWanted
                    POST     | /bundles          | action=install          | ADMIN  | Refused
                    POST     | /install          | action=install          | ADMIN  | Refused
                    POST     | /bundles          | action=refreshPackages  | ADMIN  | Refused
                    POST     | /bundles/7        | action=update           | ADMIN  | Refused
                    POST     | /bundles/7        | action=refresh          | ADMIN  | Refused
                    POST     | /bundles/7        | action=uninstall        | ADMIN  | Refused
                    POST     | /bundles/7        | action=stop             | ADMIN  | Refused
                    POST     | /bundles/7        | action=start            | ADMIN  | Allowed
                    POST     | /bundles/7        | action=start            | READER | Refused
                    POST     | /bundles/0        | action=start            | ADMIN  | Refused
                    POST     | /bundles/x/7      | action=start            | ADMIN  | Refused
                    POST     | /bundles/7        | action=start,uninstall  | ADMIN  | Refused
                    POST     | /bundles/7        |                         | ADMIN  | Refused
                    POST     | /configMgr/a.pid  | apply=true              | ADMIN  | Allowed
                    POST     | /configMgr/a.pid  | apply=true              | READER | Refused
                    POST     | /configMgr        | pid=a.pid               | ADMIN  | Refused
                    GET      | /configMgr/a.pid  | post=true&apply=true    | ADMIN  | Refused
                    HEAD     | /configMgr/a.pid  | post=true&delete=1      | READER | Refused
                    GET      | /configMgr/a.pid  | post=true&unbind=1      | ADMIN  | Refused
                    GET      | /configMgr/a.pid  | post=true&ts=12         | READER | Allowed
                    GET      | /configMgr/a.pid  | post=true&create=1&ts=1 | ADMIN  | Allowed
                    GET      | /configMgr/a.pid  | pidFilter=x             | READER | Allowed
                    POST     | /vmstat           | action=gc               | ADMIN  | Allowed
                    POST     | /vmstat           | action=gc,setStartLevel | ADMIN  | Refused
                    POST     | /vmstat           | shutdown_type=Restart   | ADMIN  | Refused
                    POST     | /vmstat           | shutdown_timer=1        | ADMIN  | Refused
                    POST     | /vmstat           | action=setStartLevel    | ADMIN  | Refused
                    POST     | /logs             | minLevel=4              | ADMIN  | Allowed
                    POST     | /events           | action=clear            | ADMIN  | Allowed
                    POST     | /events           | action=post             | ADMIN  | Refused
                    POST     | /depfinder        | action=deps             | ADMIN  | Allowed
                    POST     | /components/3     | action=disable          | ADMIN  | Refused
                    POST     | /gogo             | command=ls              | ADMIN  | Refused
                    POST     | /deployment       | action=install          | ADMIN  | Refused
                    POST     | /obr              | deploy=x                | ADMIN  | Refused
                    POST     | /memoryusage      | command=dump            | ADMIN  | Refused
                    POST     | /memoryusage      | command=gc              | ADMIN  | Allowed
                    GET      | /memoryusage      |                         | READER | Allowed
                    GET      | /memoryusage/a.hp |                         | READER | Refused
                    GET      | /memoryusage/a.hp |                         | ADMIN  | Allowed
                    GET      | /status/all.zip   |                         | READER | Refused
                    PUT      | /bundles/7        |                         | ADMIN  | Refused
                    DELETE   | /memoryusage/a.hp |                         | ADMIN  | Refused
                    TRACE    | /bundles          |                         | ADMIN  | Refused
                    POST     | /some-new-tab     | anything=1              | ADMIN  | Refused
                    """)
    void decides(String method, String path, @Nullable String parameters, String role, String outcome) {
        var request = request(method, path, parameters, Body.FORM, "localhost:8080", null, null);

        assertThat(decide(request, role).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0} with Host {1}, Origin {2}, Sec-Fetch-Site {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
                    GET  | localhost:8080 |                       |             | Allowed
                    GET  | 127.0.0.1      |                       | none        | Allowed
                    GET  | localhost:8080 |                       | cross-site  | Allowed
                    POST | localhost:8080 | http://localhost:8080 | same-origin | Allowed
                    POST | localhost:8080 |                       |             | Allowed
                    POST | localhost:8080 | http://localhost:9090 |             | Refused
                    POST | localhost:8080 | http://evil.example   | cross-site  | Refused
                    POST | localhost:8080 | null                  | cross-site  | Refused
                    POST | localhost:8080 |                       | cross-site  | Refused
                    POST | localhost:8080 |                       | same-site   | Refused
                    GET  | evil.example   |                       |             | Refused
                    GET  |                |                       |             | Refused
                    """)
    void trustsOnlyRequestsOfThisSite(
            String method, @Nullable String host, @Nullable String origin, @Nullable String fetchSite, String outcome) {
        var request = request(method, "/logs", null, Body.FORM, host, origin, fetchSite);

        assertThat(decide(request, "ADMIN").getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void refusesAnUploadWhereverItGoes() {
        var request = request("POST", "/configMgr/a.pid", null, Body.OTHER, "localhost", null, null);

        assertThat(decide(request, "ADMIN")).isInstanceOf(Decision.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"GET,READER", "HEAD,READER", "GET,ADMIN"})
    void refusesAReadingWhoseParametersItHasNotSeen(String method, String role) {
        var request = request(method, "/configMgr/a.pid", null, Body.OTHER, "localhost", null, null);

        assertThat(decide(request, role)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void asksNobodyToLogInFromAForeignSite() {
        var request = request("GET", "/bundles", null, Body.FORM, "evil.example", null, null);

        assertThat(decide(request, "nobody")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void saysWhereBundlesAreDeployedInstead() {
        var request = request("POST", "/bundles/7", "action=update", Body.FORM, "localhost", null, null);

        assertThat(decide(request, "ADMIN"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused ->
                                assertThat(refused.reason()).contains("deploy/", "claw deploy", "Nothing was changed"));
    }

    @Test
    void saysHowTheContainerIsStoppedInstead() {
        var request = request("POST", "/vmstat", "shutdown_type=Stop", Body.FORM, "localhost", null, null);

        assertThat(decide(request, "ADMIN"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason()).contains("claw stop"));
    }

    private Decision decide(ConsoleRequest request, String role) {
        return policy.decide(
                request,
                () -> role.equals("nobody")
                        ? Optional.empty()
                        : Optional.of(new Subject("somebody", Tenant.DEFAULT, Role.valueOf(role))));
    }

    private static ConsoleRequest request(
            String method,
            String path,
            @Nullable String parameters,
            Body body,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String fetchSite) {
        var map = new TreeMap<String, List<String>>();
        if (parameters != null) {
            for (var parameter : parameters.split("&", -1)) {
                var parts = parameter.split("=", 2);
                map.put(parts[0], List.of(parts[1].split(",", -1)));
            }
        }
        return new ConsoleRequest(method, path, Map.copyOf(map), body, host, origin, fetchSite);
    }
}
