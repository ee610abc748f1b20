package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
    private final Alarms alarms = new Alarms();
    private long nanos;
    private final Surroundings world = new Surroundings(
            new MemoryTurnStore(),
            decisions::add,
            (_, commit) -> commit.run(),
            this::now,
            () -> nanos,
            (_, work) -> work.run(),
            alarms,
            () -> 0,
            (_, _, _, _) -> false,
            (_, _) -> {},
            _ -> {});
    private final Core core = new Core(
            _ -> {},
            decisions::add,
            (_, commit) -> commit.run(),
            (Duration _, Runnable _) -> {},
            () -> nanos,
            1L << 20,
            Shares.EQUAL);
    private int threads;
    private final RunQueue queue = queue(Shares.EQUAL);

    private RunQueue queue(Shares shares) {
        return new RunQueue(MOST, MOST, shares, core, world, _ -> threads++);
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, nanos);
    }

    private static Job job(long number) {
        return job(Tenant.DEFAULT, number);
    }

    private static Job job(Tenant tenant, long number) {
        var name = new AgentName(tenant, Address.of("tally", Long.toString(number)));
        return new Job(
                new Cell(name, new HostedTypes().of("tally"), number, new Budget(1, 1)), number, number, null, null);
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

    /** All threads that were asked for come, and those that they ask for. */
    private List<Job> come(RunQueue from) {
        var taken = new ArrayList<Job>();
        for (; threads > 0; threads--) {
            var next = from.take();
            if (next != null) {
                taken.add(next);
            }
        }
        return taken;
    }

    private static List<Long> numbers(List<Job> of) {
        return of.stream().map(Job::number).toList();
    }

    @Test
    void asksForNoMoreThreadsThanKeepTheProcessorsBusy() {
        fill();
        queue.add(job(FAR));

        assertThat(threads).isEqualTo(MOST);
    }

    @Test
    void asksForNoThreadThatHasNothingToDo() {
        queue.add(job(1));
        queue.wake();

        assertThat(threads).isEqualTo(1);
    }

    @Test
    void takesFirstWhatHasWaitedLongest() {
        queue.add(job(FAR + 2));
        queue.add(job(FAR + 1));
        queue.add(job(FAR + 3));

        assertThat(numbers(come(queue))).containsExactly(FAR + 1, FAR + 2, FAR + 3);
    }

    @Test
    void takesATurnOfAnotherTenantThatCameWhenAllThreadsWereAskedFor() {
        fill();
        queue.add(job(new Tenant("other"), FAR));

        assertThat(numbers(come(queue)).indexOf(FAR)).isLessThan(2);
    }

    @Test
    void countsNoTurnThatBlocks() {
        int many = 5 * MOST;
        for (int next = 0; next < many; next++) {
            queue.add(job(next));
        }

        assertThat(come(queue)).hasSize(many);
    }

    @Test
    void waitsForTheCoreToTakeWhatIsOver() {
        fill();
        for (var job : come(queue)) {
            queue.ended(job, _ -> {});
        }
        queue.add(job(FAR));
        assertThat(threads).isZero();
        decide();

        assertThat(numbers(come(queue))).containsExactly(FAR);
    }

    @Test
    void takesNothingThatWasTakenBack() {
        var back = job(FAR);
        queue.add(back);
        queue.add(job(FAR + 1));
        assertThat(back.withdraw()).isTrue();

        assertThat(numbers(come(queue))).containsExactly(FAR + 1);
    }

    @Test
    void keepsNothingThatWasTakenBackWhereNoMoreMayBeUnderWay() {
        var bound = queue(Shares.of(List.of(), List.of("type:tally=1"), List.of()));
        bound.add(job(1));
        assertThat(come(bound)).hasSize(1);
        var back = job(2);
        bound.add(back);
        assertThat(come(bound)).isEmpty();
        assertThat(back.withdraw()).isTrue();
        bound.remove(back);

        assertThat(bound.limits(Tenant.DEFAULT)).allMatch(limits -> limits.waiting() == 0);
    }

    @Test
    void takesNothingWhenItIsClosed() {
        fill();
        queue.close();

        assertThat(come(queue)).isEmpty();
    }

    @Test
    void goesOnWhenTheNextTurnMayBegin() {
        var bound = queue(Shares.of(List.of(), List.of(), List.of("type:tally=1")));
        bound.add(job(1));
        bound.add(job(2));
        assertThat(numbers(come(bound))).containsExactly(1L);
        nanos += 999_000_000;
        alarms.fire(now());
        assertThat(come(bound)).isEmpty();
        nanos += 1_000_000;
        alarms.fire(now());

        assertThat(numbers(come(bound))).containsExactly(2L);
    }

    @Test
    void looksAgainWhenTheFirstOfSeveralMayGoOn() {
        var bound = queue(Shares.of(List.of(), List.of(), List.of("tenant:slow=1", "tenant:quick=100")));
        bound.add(job(new Tenant("slow"), 1));
        bound.add(job(new Tenant("slow"), 2));
        assertThat(come(bound)).hasSize(1);
        for (int next = 0; next < 20; next++) {
            bound.add(job(new Tenant("quick"), next));
        }
        int begun = come(bound).size();
        assertThat(begun).isLessThan(20);
        nanos += 10_000_000;
        alarms.fire(now());

        assertThat(come(bound)).hasSize(1);
    }

    @Test
    void goesOnWhenATurnHasEndedWhereNoMoreMayBeUnderWay() {
        var bound = queue(Shares.of(List.of(), List.of("type:tally=1"), List.of()));
        bound.add(job(1));
        bound.add(job(2));
        var first = come(bound);
        assertThat(first).hasSize(1);
        bound.ended(first.getFirst(), _ -> {});
        assertThat(come(bound)).isEmpty();
        decide();

        assertThat(numbers(come(bound))).containsExactly(2L);
    }
}
