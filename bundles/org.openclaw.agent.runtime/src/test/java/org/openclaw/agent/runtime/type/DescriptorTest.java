package org.openclaw.agent.runtime.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    private static final String JSON = """
            {"agentType":"triage","class":"a.TriageAgent","state":{"class":"a.State","digest":"d1","schema":{"type":"object"}},
             "messages":[{"type":"triage.Webhook","class":"a.Triage$Webhook","query":false,"digest":"d2","schema":{"type":"object","x":1}}]}
            """;

    @Test
    void readsWhatTheProcessorWrites() {
        var descriptor = read(JSON);

        assertThat(descriptor.agentType()).isEqualTo("triage");
        assertThat(descriptor.state().schema().name()).isEqualTo("triage.state");
        assertThat(descriptor.messages()).singleElement().satisfies(message -> {
            assertThat(message.className()).isEqualTo("a.Triage$Webhook");
            assertThat(message.schema().digest()).isEqualTo("d2");
            assertThat(message.schema().json()).isEqualTo("{\"type\":\"object\",\"x\":1}");
        });
    }

    private static Descriptor read(String json) {
        return Descriptor.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> read(JSON.replace("\"state\"", "\"stage\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no member 'state'");
        assertThatThrownBy(() -> read("nonsense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not JSON");
    }
}
