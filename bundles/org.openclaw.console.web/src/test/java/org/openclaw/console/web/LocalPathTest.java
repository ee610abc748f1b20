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
                "/system/console/configMgr/a?post=true&delete=1",
                "/system/console/bundles\r\nSet-Cookie: a=b",
                "/system/console/logout",
                "/system/console/login",
                "/v1/bundles"
            })
    void leadsNowhereElse(String text) {
        assertThat(LocalPath.parse(text)).isEqualTo(LocalPath.HOME);
    }
}
