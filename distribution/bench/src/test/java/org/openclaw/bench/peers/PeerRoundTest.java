package org.openclaw.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PeerRoundTest {
    @Test
    void readsTheFiguresOfARound() throws IOException {
        assertThat(PeerRound.parsed(
                        "round operations=610 perSecond=61 p50Micros=14000 p99Micros=34000 cpuMicros=20.50"))
                .isEqualTo(new PeerRound(610, 61, 14_000, 34_000, 20.5));
    }

    @Test
    void tellsWhatThePeerSaidInstead() {
        assertThatThrownBy(() -> PeerRound.parsed("failed entity-7 stopped"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("failed entity-7 stopped");
    }
}
