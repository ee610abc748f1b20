package org.openclaw.agent.runtime.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapabilitySettingsTest {
    /** A configuration with its defaults, but for these settings. */
    private static CapabilitySettings.Config config(String name, Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("name", name);
        return (CapabilitySettings.Config) Proxy.newProxyInstance(
                CapabilitySettings.Config.class.getClassLoader(),
                new Class<?>[] {CapabilitySettings.Config.class},
                (_, method, _) -> all.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @Test
    void hasTheDefaultsThatHoldWithoutAConfiguration() {
        assertThat(CapabilitySettings.limits(config("default", Map.of()))).isEqualTo(Guards.USUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "concurrent, -1, concurrent: -1 (expected: 0 to 1000000).",
        "per_second, -1, per.second: -1 (expected: 0 to 1000000).",
        "queue, -1, queue: -1 (expected: 0 to 1000000).",
        "attempts, 0, attempts: 0 (expected: 1 to 10).",
        "breaker_failures, 21, breaker.failures: 21 (expected: 0 to 20).",
        "breaker_calls, 0, breaker.calls: 0 (expected: 1 to 10000)."
    })
    void namesTheCapabilityAndTheSettingThatIsOutOfItsBounds(String setting, int value, String expected) {
        assertThatThrownBy(() -> new CapabilitySettings(config("stock.reserve", Map.of(setting, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'stock.reserve'")
                .hasMessageContaining(expected)
                .hasMessageContaining("org.openclaw.agent.runtime.capability");
    }

    @ParameterizedTest
    @CsvSource({
        "wait_millis, -1, wait.millis",
        "timeout_millis, -1, timeout.millis",
        "retry_millis, 0, retry.millis",
        "breaker_millis, 0, breaker.millis"
    })
    void boundsTimesToo(String setting, long value, String expected) {
        assertThatThrownBy(() -> new CapabilitySettings(config("stock.reserve", Map.of(setting, value))))
                .hasMessageContaining(expected + ": " + value);
    }

    @Test
    void needsAName() {
        assertThatThrownBy(() -> new CapabilitySettings(config(" ", Map.of())))
                .hasMessageContaining("name: it is empty");
    }

    @Test
    void keepsWhatHeldWhenAChangeIsRefused() {
        var settings = new CapabilitySettings(config("stock.reserve", Map.of("concurrent", 4)));

        assertThatThrownBy(() -> settings.modified(config("stock.reserve", Map.of("concurrent", -4))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(settings.limits().concurrent()).isEqualTo(4);
    }
}
