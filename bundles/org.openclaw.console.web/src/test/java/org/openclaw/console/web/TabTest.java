package org.openclaw.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.felix.webconsole.servlet.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.message.Tenant;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

class TabTest {
    private static final Map<String, Object> TABS = Map.of(
            "category.OpenClaw",
                    Map.of(
                            "overview", "Overview",
                            "agents", "Agents",
                            "capabilities", "Capabilities",
                            "dead-letters", "Dead letters",
                            "topics", "Topics",
                            "deployments", "Bundles and trust"),
            "category.OSGi", Map.of("vmstat", "System <Information>", "bundles", "Bundles"),
            "category.Status", Map.of("status-Wire Admin", "Wire Admin"));

    @Test
    void showsAPageThatRunsOnlyScriptsOfThisConsole() throws Exception {
        var exchange = get(new OverviewTab(), "/overview", Role.ADMIN);

        assertThat(exchange.answer("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(exchange.body())
                .contains("<script type=\"module\" src=\"/system/console/overview/res/overview.js\"></script>")
                .doesNotContain("<style", "style=", "onclick", "://");
    }

    @Test
    void leavesNothingForTheConsoleToReplace() throws Exception {
        assertThat(get(new AgentsTab(), "/agents", Role.ADMIN).body()).doesNotContain("{", "}");
    }

    @Test
    void marksItselfInTheNavigation() throws Exception {
        assertThat(get(new AgentsTab(), "/agents", Role.ADMIN).body())
                .contains(
                        "<title>Agents - OpenClaw</title>", "<a href=\"/system/console/agents\" aria-current=\"page\">")
                .containsOnlyOnce("aria-current");
    }

    @Test
    void listsTheStandardTabsAfterOurOwnAndTheReportsLast() throws Exception {
        var page = get(new OverviewTab(), "/overview", Role.ADMIN).body();

        assertThat(page.substring(page.indexOf("System</h2>")))
                .containsSubsequence(
                        "<a href=\"/system/console/bundles\">Bundles</a>",
                        "<a href=\"/system/console/vmstat\">System &lt;Information&gt;</a>",
                        "<summary>Reports</summary>",
                        "<a href=\"/system/console/status-Wire%20Admin\">Wire Admin</a>")
                .doesNotContain(
                        "console/overview",
                        "console/agents",
                        "console/capabilities",
                        "console/dead-letters",
                        "console/topics",
                        "console/deployments");
    }

    @Test
    void saysWhoIsHere() throws Exception {
        assertThat(get(new OverviewTab(), "/overview", Role.READER).body()).contains("somebody <span>reader</span>");
        assertThat(get(new OverviewTab(), "/overview", Role.OPERATOR).body())
                .contains("somebody <span>operator</span>");
        assertThat(get(new OverviewTab(), "/overview", Role.ADMIN).body())
                .contains("somebody <span>administrator</span>");
    }

    @Test
    void servesAFileAgainOnlyWhenItIsAnotherOne() throws Exception {
        var first = get(new OverviewTab(), "/overview/res/api.js", Role.READER);
        var tag = first.answer("ETag");
        assertThat(first.answer("Content-Type")).startsWith("text/javascript");
        assertThat(first.answer("Cache-Control")).isEqualTo("no-cache");
        assertThat(first.body()).contains("/v1");

        var again = new Exchange("GET", "/overview/res/api.js").header("If-None-Match", String.valueOf(tag));
        new OverviewTab().doGet(again.request(), again.response());
        assertThat(again.status).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/overview/res/none.js",
                "/overview/res/../org/openclaw/console/web/Tab.class",
                "/overview/res//api.js",
                "/overview/res/",
                "/overview/more"
            })
    void servesNothingElse(String path) throws Exception {
        assertThat(get(new OverviewTab(), path, Role.ADMIN).status).isEqualTo(404);
    }

    @Test
    void knowsItsOwnTabs() {
        assertThat(LocalPath.OWN)
                .isEqualTo(Set.of(
                        new OverviewTab().label(),
                        new AgentsTab().label(),
                        new CapabilitiesTab().label(),
                        new DeadLettersTab().label(),
                        new TopicsTab().label(),
                        new DeploymentsTab().label()));
    }

    private static Exchange get(Tab tab, String path, Role role) throws Exception {
        var exchange = new Exchange("GET", path)
                .attribute("felix.webconsole.labelMap.categorized", TABS)
                .attribute(User.USER_ATTRIBUTE, new LoggedIn(new Subject("somebody", Tenant.DEFAULT, role)));
        tab.doGet(exchange.request(), exchange.response());
        return exchange;
    }

    /** A user as the console hands it over. */
    private record LoggedIn(Subject subject) implements User {
        @Override
        public boolean authorize(String role) {
            return false;
        }

        @Override
        public Object getUserObject() {
            return subject;
        }
    }
}
