package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.RecentTurn;

class RecentTurnsTest {
    private final RecentTurns recent = new RecentTurns(4);

    private static RecentTurns.Ending turn(int number) {
        return new RecentTurns.Ending(
                new Ticket(1, number, 7), "tally.Note", "", 0, 0, RecentTurn.Outcome.CANCELLED, "", "");
    }

    @Test
    void rememberNothingOfWhomNothingWasAdded() {
        assertThat(recent.from(RecentTurns.NONE, 10)).isEmpty();
    }

    @Test
    void areThoseOfOneAgentOnly() {
        long a = recent.add(RecentTurns.NONE, turn(101));
        long b = recent.add(RecentTurns.NONE, turn(201));
        a = recent.add(a, turn(102));

        assertThat(recent.from(a, 10))
                .containsExactly(turn(102).view(), turn(101).view());
        assertThat(recent.from(a, 1)).containsExactly(turn(102).view());
        assertThat(recent.from(b, 10)).containsExactly(turn(201).view());
    }

    @Test
    void forgetTheOldestOfAllAgents() {
        long a = recent.add(RecentTurns.NONE, turn(101));
        long b = RecentTurns.NONE;
        for (int number = 1; number <= 4; number++) {
            b = recent.add(b, turn(200 + number));
        }

        assertThat(recent.from(a, 10)).isEmpty();
        b = recent.add(b, turn(205));
        assertThat(recent.from(b, 10))
                .containsExactly(
                        turn(205).view(),
                        turn(204).view(),
                        turn(203).view(),
                        turn(202).view());
    }

    @Test
    void leaveOutTheVersionOfAMessageWithoutATurn() {
        assertThat(turn(101).view().version()).isEqualTo(Optional.empty());
    }
}
