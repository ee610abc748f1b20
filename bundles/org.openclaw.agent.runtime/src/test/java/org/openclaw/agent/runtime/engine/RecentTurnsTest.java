package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.RecentTurn;

class RecentTurnsTest {
    private final RecentTurns recent = new RecentTurns(4);

    private static RecentTurns.Ending turn(long agent, long number) {
        return new RecentTurns.Ending(
                new Ticket(agent, number, 7), "tally.Note", "", 0, 0, RecentTurn.Outcome.CANCELLED, "", "");
    }

    @Test
    void rememberNothingOfWhomNothingWasAdded() {
        recent.add(turn(2, 1));

        assertThat(recent.of(1, 10)).isEmpty();
    }

    @Test
    void areThoseOfOneAgentOnlyNewestFirst() {
        recent.add(turn(1, 1));
        recent.add(turn(2, 2));
        recent.add(turn(1, 3));

        assertThat(recent.of(1, 10))
                .containsExactly(turn(1, 3).view(), turn(1, 1).view());
        assertThat(recent.of(1, 1)).containsExactly(turn(1, 3).view());
        assertThat(recent.of(2, 10)).containsExactly(turn(2, 2).view());
    }

    @Test
    void forgetTheOldestOfAllAgents() {
        recent.add(turn(1, 1));
        for (int number = 2; number <= 5; number++) {
            recent.add(turn(2, number));
        }

        assertThat(recent.of(1, 10)).isEmpty();
        assertThat(recent.of(2, 10)).hasSize(4).first().isEqualTo(turn(2, 5).view());
    }

    @Test
    void leaveOutTheVersionOfAMessageWithoutATurn() {
        assertThat(turn(1, 1).view().version()).isEqualTo(Optional.empty());
    }
}
