package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

class RunQueueTest {
    private static final int MOST = 8;
    private static final long FAR = 1_000_000;

    private final Queue<Runnable> decisions = new ConcurrentLinkedQueue<>();
    private final List<Job> started = new ArrayList<>();
    private final Core core =
            new Core(_ -> {}, decisions::add, (_, commit) -> commit.run(), (Duration _, Runnable _) -> {}, 1L << 20);
    private final RunQueue queue = new RunQueue(MOST, MOST, Shares.EQUAL, core, (job, _) -> started.add(job));

    private static Job job(long number) {
        var name = new AgentName(Tenant.DEFAULT, Address.of("tally", Long.toString(number)));
        return new Job(new Cell(name, new HostedTypes().of("tally"), number, new Budget(1, 1)), number, null, null);
    }

    private void fill() {
        for (int next = 0; next < MOST; next++) {
            queue.add(job(next));
        }
    }

    private void decide() {
        while (!decisions.isEmpty()) {
            decisions.remove().run();
        }
    }

    private List<Long> startedBehind(int count) {
        return started.stream().skip(count).map(Job::number).toList();
    }

    @Test
    void startsNoMoreThanKeepsTheThreadsBusy() {
        fill();
        queue.add(job(FAR));

        assertThat(started).hasSize(MOST);
    }

    @Test
    void startsFirstWhatHasWaitedLongest() {
        fill();
        queue.add(job(FAR + 2));
        queue.add(job(FAR + 1));
        queue.add(job(FAR + 3));
        for (int turn = 0; turn < MOST; turn++) {
            queue.begun();
        }
        decide();

        assertThat(startedBehind(MOST)).containsExactly(FAR + 1, FAR + 2, FAR + 3);
    }

    @Test
    void countsNoTurnThatBlocks() {
        int many = 5 * MOST;
        for (int next = 0; next < many; next++) {
            queue.add(job(next));
        }
        for (int begun = 0; begun < started.size(); begun++) {
            queue.begun();
            decide();
        }

        assertThat(started).hasSize(many);
    }

    @Test
    void waitsForTheCoreToTakeWhatIsOver() {
        fill();
        queue.add(job(FAR));
        for (int turn = 0; turn < MOST; turn++) {
            queue.begun();
            queue.ended(job(turn), _ -> {});
        }
        assertThat(started).hasSize(MOST);
        decide();

        assertThat(startedBehind(MOST)).containsExactly(FAR);
    }

    @Test
    void startsNothingThatWasTakenBack() {
        fill();
        var back = job(FAR);
        queue.add(back);
        queue.add(job(FAR + 1));
        assertThat(back.withdraw()).isTrue();
        for (int turn = 0; turn < MOST; turn++) {
            queue.begun();
        }
        decide();

        assertThat(startedBehind(MOST)).containsExactly(FAR + 1);
    }

    @Test
    void startsNothingWhenItWasCleared() {
        fill();
        queue.add(job(FAR));
        queue.clear();
        for (int turn = 0; turn < MOST; turn++) {
            queue.begun();
        }
        decide();

        assertThat(started).hasSize(MOST);
    }
}
