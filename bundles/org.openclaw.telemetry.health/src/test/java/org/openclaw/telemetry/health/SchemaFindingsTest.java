package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openclaw.telemetry.Finding;

class SchemaFindingsTest {
    @Test
    void repeatsWhatTheRegistrySays() {
        assertThat(SchemaFindings.of(List.of("The disk is full. Make room.")))
                .singleElement()
                .extracting(Finding::id, Finding::text)
                .containsExactly("schemas.unkept", "The disk is full. Make room.");
    }
}
