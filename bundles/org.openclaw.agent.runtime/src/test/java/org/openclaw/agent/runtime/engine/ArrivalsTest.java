package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openclaw.message.Tenant;

class ArrivalsTest {
    private static final Tenant BUSY = new Tenant("busy");
    private static final Tenant QUIET = new Tenant("quiet");

    private final Arrivals arrivals = new Arrivals(8, 1_000);

    private int fill(Tenant tenant, long size) {
        int taken = 0;
        while (arrivals.take(tenant, size)) {
            taken++;
        }
        return taken;
    }

    @Test
    void aTenantAloneGetsWhatIsMeantForOne() {
        assertThat(fill(BUSY, 1)).isEqualTo(8);
        assertThat(arrivals.isFull(BUSY)).isTrue();
    }

    @Test
    void oneThatIsFullLeavesRoomForOthers() {
        fill(BUSY, 1);

        assertThat(arrivals.isFull(QUIET)).isFalse();
        assertThat(fill(QUIET, 1)).isEqualTo(4);
    }

    @Test
    void countsBytes() {
        assertThat(fill(BUSY, 300)).isEqualTo(3);
        assertThat(arrivals.isFull(BUSY)).isFalse();
        assertThat(fill(QUIET, 300)).isEqualTo(2);
    }

    @Test
    void whatHasArrivedMakesRoom() {
        fill(BUSY, 100);
        fill(QUIET, 100);
        for (int each = 0; each < 4; each++) {
            arrivals.give(QUIET, 100);
        }

        arrivals.give(BUSY, 100);
        assertThat(fill(BUSY, 100)).isEqualTo(1);
    }
}
