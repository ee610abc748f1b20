package org.openclaw.agent.runtime.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostedTypeTest {
    private final HostedType type = new HostedType("triage");
    private final List<String> resumed = new ArrayList<>();

    private void park(String owner, long seen) {
        type.park(owner, seen, () -> resumed.add(owner));
    }

    @Test
    void resumesWhatParksWhenSomethingChanges() {
        park("a", type.changes());
        park("b", type.changes());
        assertThat(resumed).isEmpty();
        type.suspend(true);
        type.suspend(false);
        assertThat(resumed).containsExactlyInAnyOrder("a", "b");
    }

    /** Or as many that come too late would each look at all the others. */
    @Test
    void resumesTheOneThatComesTooLateAlone() {
        long before = type.changes();
        type.suspend(false);
        park("early", type.changes());
        park("late", before);
        assertThat(resumed).containsExactly("late");
    }
}
