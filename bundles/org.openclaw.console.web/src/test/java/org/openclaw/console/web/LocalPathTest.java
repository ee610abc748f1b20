package org.openclaw.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
    @Test
    void leadsBackToThePageThatWasAskedFor() {
        assertThat(LocalPath.parse("/system/console/bundles/7")).hasToString("/system/console/bundles/7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/system/console/agents?agent=triage/checkout",
                "/system/console/agents?q=a%20b&state=active,passive",
                "/system/console/deployments?file=a+b.jar"
            })
    void leadsBackToTheViewOfOneOfOurTabs(String view) {
        assertThat(LocalPath.parse(view)).hasToString(view);
    }

    @Test
    void leadsToAStandardTabWithoutItsQuery() {
        assertThat(LocalPath.parse("/system/console/configMgr/a?post=true&delete=1"))
                .hasToString("/system/console/configMgr/a");
    }

    @Test
    void leavesOutAQueryThatIsNone() {
        assertThat(LocalPath.parse("/system/console/agents?a=b\r\nSet-Cookie: c=d"))
                .hasToString("/system/console/agents");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "//evil.example",
                "https://evil.example/system/console",
                "/system/console//evil.example",
                "/system/console@evil.example",
                "/system/console/../../evil",
                "/system/console/\\evil.example",
                "/system/console/bundles\r\nSet-Cookie: a=b",
                "/system/console/logout",
                "/system/console/login",
                "/v1/bundles"
            })
    void leadsNowhereElse(String text) {
        assertThat(LocalPath.parse(text)).isEqualTo(LocalPath.HOME);
    }
}
