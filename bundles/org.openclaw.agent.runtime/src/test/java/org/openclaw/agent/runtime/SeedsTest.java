package org.openclaw.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void givesNoNumberTwice() {
        var seeds = new Seeds(new SecureRandom());

        assertThat(LongStream.generate(seeds).limit(10_000).distinct().count()).isEqualTo(10_000);
    }
}
