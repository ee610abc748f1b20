package org.openclaw.agent.runtime.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final Leases leases = new Leases();

    @Test
    void isDrainedAtOnceWhenNothingIsOut() throws InterruptedException {
        leases.close();

        assertThat(leases.acquire()).isFalse();
        assertThat(leases.awaitDrained(Duration.ZERO)).isTrue();
    }

    @Test
    void isDrainedWhenTheLastLeaseIsBack() throws InterruptedException {
        assertThat(leases.acquire()).isTrue();
        assertThat(leases.acquire()).isTrue();
        leases.close();
        leases.close();
        leases.release();
        assertThat(leases.count()).isEqualTo(1);
        assertThat(leases.awaitDrained(Duration.ZERO)).isFalse();

        leases.release();

        assertThat(leases.awaitDrained(Duration.ZERO)).isTrue();
    }
}
