package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

class CallsTest {
    private static final int MANY = 5_000;

    private final AgentVersion version = new Bench().tally(1);
    private final Calls calls = new Calls();

    private Call call(long number) {
        var name = new AgentName(Tenant.DEFAULT, Address.of("tally", Long.toString(number)));
        var job = new Job(
                new Cell(name, new HostedTypes().of("tally"), number, new Budget(1, 1)), number, number, null, null);
        return new Call(
                job,
                name,
                "tally.Note",
                version,
                Thread.currentThread(),
                Instant.EPOCH,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
    }

    @Test
    void hasThoseThatHaveBegunAndNotEnded() {
        var under = new ArrayList<Call>();
        for (int number = 0; number < MANY; number++) {
            under.add(call(number));
            calls.began(under.getLast());
        }
        assertThat(calls.all()).containsExactlyInAnyOrderElementsOf(under);

        Collections.shuffle(under, new Random(1));
        for (var call : under) {
            assertThat(calls.any()).isTrue();
            calls.ended(call);
        }
        assertThat(calls.any()).isFalse();
        assertThat(calls.all()).isEmpty();
    }
}
