package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

class TimersTest {
    private static final Instant LATER = Instant.ofEpochMilli(1_000_000);
    private static final TimerRecord RECORD = new TimerRecord(
            1,
            new AgentName(Tenant.DEFAULT, Address.of("tally", "a")),
            new TimerRecord.What.Remind("tally.Note", Body.json("{}"), false));

    private final MemoryTurnStore store = new MemoryTurnStore();

    private Timers timers() {
        return new Timers(new Shelf(store), new Alarms(), () -> {});
    }

    /** The store has it from here on; what follows behind the commit is the test's. */
    private Transaction set(Timers timers, Timers.Due due) {
        var into = new Transaction(Long.MAX_VALUE);
        timers.set(due, RECORD, into);
        store.commit(into.changes());
        return into;
    }

    @Test
    void firesNoneThatWasCancelledBeforeItsSettingWasDelivered() {
        var timers = timers();
        var due = new Timers.Due(1, 1);
        var first = set(timers, due);
        var second = new Transaction(Long.MAX_VALUE);
        timers.cancel(due, second);
        first.committed();

        assertThat(timers.due(LATER)).isEmpty();
        store.commit(second.changes());
        second.committed();
        assertThat(timers.due(LATER)).isEmpty();
    }

    @Test
    void loadsNoneWhoseCancellationIsNotCommittedYet() {
        var writer = timers();
        for (long number = 1; number <= 10_001; number++) {
            set(writer, new Timers.Due(number, number));
        }
        var timers = timers();
        var last = new Timers.Due(10_001, 10_001);
        timers.cancel(last, new Transaction(Long.MAX_VALUE));

        var fired = new ArrayList<Timers.Due>();
        for (var next = timers.due(LATER); next.isPresent(); next = timers.due(LATER)) {
            fired.add(next.get());
        }
        assertThat(fired).hasSize(10_000).doesNotContain(last);
    }
}
