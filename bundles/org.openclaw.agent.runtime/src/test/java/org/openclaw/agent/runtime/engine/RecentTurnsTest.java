package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.RecentTurn;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

class RecentTurnsTest {
    private final RecentTurns recent = new RecentTurns(4);

    private static RecentTurn turn(String receipt) {
        return RecentTurns.cancelled(
                new Tracked(
                        new ReceiptId(receipt), Tenant.DEFAULT, Address.of("tally", "a"), "tally.Note", Instant.EPOCH),
                Instant.EPOCH);
    }

    @Test
    void rememberNothingOfWhomNothingWasAdded() {
        assertThat(recent.from(RecentTurns.NONE, 10)).isEmpty();
    }

    @Test
    void areThoseOfOneAgentOnly() {
        long a = recent.add(RecentTurns.NONE, turn("a1"));
        long b = recent.add(RecentTurns.NONE, turn("b1"));
        a = recent.add(a, turn("a2"));

        assertThat(recent.from(a, 10)).containsExactly(turn("a2"), turn("a1"));
        assertThat(recent.from(a, 1)).containsExactly(turn("a2"));
        assertThat(recent.from(b, 10)).containsExactly(turn("b1"));
    }

    @Test
    void forgetTheOldestOfAllAgents() {
        long a = recent.add(RecentTurns.NONE, turn("a1"));
        long b = RecentTurns.NONE;
        for (int number = 1; number <= 4; number++) {
            b = recent.add(b, turn("b" + number));
        }

        assertThat(recent.from(a, 10)).isEmpty();
        b = recent.add(b, turn("b5"));
        assertThat(recent.from(b, 10)).containsExactly(turn("b5"), turn("b4"), turn("b3"), turn("b2"));
    }

    @Test
    void leaveOutTheVersionOfAMessageWithoutATurn() {
        assertThat(turn("a1").version()).isEqualTo(Optional.empty());
    }
}
