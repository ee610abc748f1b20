package org.openclaw.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @Test
    void answersToItsNamesOnAnyPort() {
        var policy = HostNames.policy("localhost", "Claw.Example", "[::1]");

        assertThat(policy.refusal("claw.example:8080", null, null, true)).isEmpty();
        assertThat(policy.refusal("[::1]:8080", null, null, true)).isEmpty();
        assertThat(policy.refusal("evil.example", null, null, true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://claw.example", "claw.example:8080", "*.example", "::1", "a/b"})
    void refusesWhatIsNoBareName(String host) {
        assertThatThrownBy(() -> HostNames.policy(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(host);
    }

    @Test
    void refusesToAnswerToNoName() {
        assertThatThrownBy(() -> HostNames.policy(" ")).hasMessageContaining("expected: at least one name");
    }
}
