package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.openclaw.agent.TurnLimits.Bound.CONCURRENT;
import static org.openclaw.agent.TurnLimits.Bound.PER_SECOND;
import static org.openclaw.agent.TurnLimits.Of.TENANT;
import static org.openclaw.agent.TurnLimits.Of.TYPE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.agent.TurnLimits;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

class FairQueueTest {
    private static final Duration MILLIS_10 = Duration.ofMillis(10);

    private final HostedTypes types = new HostedTypes();
    private long numbers;
    private long nanos = Long.MAX_VALUE - 50_000_000; // it runs over in the middle

    private FairQueue queue(List<String> weights, List<String> turns, List<String> perSecond) {
        return new FairQueue(Shares.of(weights, turns, perSecond), () -> nanos);
    }

    private FairQueue queue(List<String> weights, List<String> turns) {
        return queue(weights, turns, List.of());
    }

    private Job job(String tenant, String type, long number) {
        var name = new AgentName(new Tenant(tenant), Address.of(type, Long.toString(number)));
        return new Job(new Cell(name, types.of(type), number, new Budget(1, 1)), number, number, null, null);
    }

    private void add(FairQueue to, String tenant, String type, int count) {
        for (int added = 0; added < count; added++) {
            to.add(job(tenant, type, ++numbers));
        }
    }

    /** Takes so many, and says how many of whom. */
    private static Map<String, Integer> take(FairQueue from, int count) {
        var taken = new HashMap<String, Integer>();
        for (int next = 0; next < count; next++) {
            var job = from.poll();
            if (job == null) {
                break;
            }
            taken.merge(whose(job), 1, Integer::sum);
        }
        return taken;
    }

    private static String whose(Job job) {
        var name = job.cell().name();
        return name.tenant() + "/" + name.address().type();
    }

    @Test
    void servesTenantsEquallyHoweverMuchTheyHaveWaiting() {
        var queue = queue(List.of(), List.of());
        add(queue, "a", "x", 1_000);
        add(queue, "b", "x", 100);

        assertThat(take(queue, 100)).isEqualTo(Map.of("a/x", 50, "b/x", 50));
    }

    @Test
    void servesTheTypesOfOneTenantEqually() {
        var queue = queue(List.of(), List.of());
        add(queue, "a", "x", 100);
        add(queue, "a", "y", 100);
        add(queue, "b", "x", 100);

        assertThat(take(queue, 100)).isEqualTo(Map.of("a/x", 25, "a/y", 25, "b/x", 50));
    }

    @Test
    void servesByWeight() {
        var queue = queue(List.of("tenant:a=3", "type:y=4"), List.of());
        add(queue, "a", "x", 1_000);
        add(queue, "a", "y", 1_000);
        add(queue, "b", "x", 1_000);

        assertThat(take(queue, 400)).isEqualTo(Map.of("a/x", 60, "a/y", 240, "b/x", 100));
    }

    @Test
    void oneThatComesAnewIsNextAndIsOwedNothing() {
        var queue = queue(List.of(), List.of());
        add(queue, "a", "x", 1_000);
        take(queue, 500);
        add(queue, "b", "x", 100);

        assertThat(take(queue, 2)).containsKey("b/x");
        assertThat(take(queue, 100)).isEqualTo(Map.of("a/x", 50, "b/x", 50));
    }

    @Test
    void oneThatIsServedAtOnceEachTimeWaitsForOneTurnOfAnotherAtMost() {
        var queue = queue(List.of(), List.of());
        add(queue, "a", "x", 1_000);
        for (int time = 0; time < 100; time++) {
            add(queue, "b", "x", 1);
            assertThat(take(queue, 2)).containsKey("b/x");
        }
    }

    @Test
    void oneThatRunsEmptyEachTimeGetsNoMoreThanItsWeight() {
        var queue = queue(List.of("tenant:a=4"), List.of());
        add(queue, "a", "x", 1_000);
        var taken = new HashMap<String, Integer>();
        for (int time = 0; time < 100; time++) {
            if (time == 0 || taken.getOrDefault("b/x", 0) > 0 || queue.size() > 0) {
                boolean has = taken.getOrDefault("b added", 0) > taken.getOrDefault("b/x", 0);
                if (!has) {
                    add(queue, "b", "x", 1);
                    taken.merge("b added", 1, Integer::sum);
                }
            }
            take(queue, 1).forEach((whose, count) -> taken.merge(whose, count, Integer::sum));
        }

        assertThat(taken.get("b/x")).isBetween(19, 21);
        assertThat(taken.get("a/x")).isBetween(79, 81);
    }

    @Test
    void takesTheOldestOfOneFlowFirst() {
        var queue = queue(List.of(), List.of());
        for (long number : new long[] {5, 3, 9, 1}) {
            queue.add(job("a", "x", number));
        }
        var taken = new ArrayList<Long>();
        for (var job = queue.poll(); job != null; job = queue.poll()) {
            taken.add(job.number());
        }

        assertThat(taken).containsExactly(1L, 3L, 5L, 9L);
        assertThat(queue.size()).isZero();
    }

    private void due(FairQueue to, long number, long due) {
        var name = new AgentName(new Tenant("a"), Address.of("x", Long.toString(number)));
        to.add(new Job(new Cell(name, types.of("x"), number, new Budget(1, 1)), number, due, null, null));
    }

    @Test
    void takesOfOneFlowWhatIsDueFirst() {
        var queue = queue(List.of(), List.of());
        due(queue, 1, 50);
        due(queue, 2, 50);
        due(queue, 3, 20);
        due(queue, 4, 90);
        var taken = new ArrayList<Long>();
        for (var job = queue.poll(); job != null; job = queue.poll()) {
            taken.add(job.number());
        }

        assertThat(taken).containsExactly(3L, 1L, 2L, 4L);
    }

    @Test
    void starvesNothingHoweverManyUrgentOnesCome() {
        var queue = queue(List.of(), List.of());
        due(queue, 1, 90);
        int before = 0;
        for (long time = 0; ; time++) {
            due(queue, time + 2, time);
            if (Objects.requireNonNull(queue.poll()).number() == 1) {
                break;
            }
            before++;
        }

        assertThat(before).isEqualTo(90);
    }

    @Test
    void leavesATypeOutThatHasAsManyUnderWayAsItMay() {
        var queue = queue(List.of(), List.of("type:x=2"));
        add(queue, "a", "x", 3);
        add(queue, "b", "x", 3);
        add(queue, "b", "y", 1);
        var first = new ArrayList<Job>();
        for (var job = queue.poll(); job != null; job = queue.poll()) {
            first.add(job);
        }

        assertThat(first).extracting(FairQueueTest::whose).containsExactlyInAnyOrder("a/x", "b/x", "b/y");
        add(queue, "a", "y", 1);
        assertThat(take(queue, 9)).isEqualTo(Map.of("a/y", 1));
        first.stream().filter(job -> whose(job).endsWith("x")).forEach(job -> queue.ended(job, true));
        assertThat(take(queue, 9)).isEqualTo(Map.of("a/x", 1, "b/x", 1));
    }

    @Test
    void leavesATenantOutThatHasAsManyUnderWayAsItMay() {
        var queue = queue(List.of(), List.of("tenant:a=1"));
        add(queue, "a", "x", 2);
        add(queue, "a", "y", 2);
        add(queue, "b", "x", 2);
        var first = Objects.requireNonNull(queue.poll());

        assertThat(whose(first)).startsWith("a/");
        assertThat(take(queue, 9)).isEqualTo(Map.of("b/x", 2));
        add(queue, "a", "z", 1);
        assertThat(queue.poll()).isNull();
        queue.ended(first, true);
        assertThat(take(queue, 9)).hasSize(1);
    }

    @Test
    void beginsNoMoreTurnsOfATypeInASecondThanItMay() {
        var queue = queue(List.of(), List.of(), List.of("type:x=100"));
        add(queue, "a", "x", 1_000);
        add(queue, "b", "x", 1_000);
        add(queue, "b", "y", 10);
        int begun = 0;
        for (int millis = 0; millis < 1_000; millis++) {
            var taken = take(queue, 9);
            begun += taken.getOrDefault("a/x", 0) + taken.getOrDefault("b/x", 0);
            nanos += 1_000_000;
        }

        assertThat(begun).isBetween(99, 111);
        take(queue, 9);
        assertThat(queue.poll()).isNull();
        assertThat(queue.opensIn()).hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ZERO, MILLIS_10));
        nanos += 10_000_000;
        assertThat(queue.poll()).isNotNull();
    }

    @Test
    void oneThatHadNothingForLongBeginsATenthOfASecondsTurnsAtOnce() {
        var queue = queue(List.of(), List.of(), List.of("tenant:a=100"));
        add(queue, "a", "x", 1);
        take(queue, 1);
        nanos += 60_000_000_000L;
        add(queue, "a", "x", 100);

        assertThat(take(queue, 100)).isEqualTo(Map.of("a/x", 11));
        nanos += 10_000_000;
        assertThat(take(queue, 100)).isEqualTo(Map.of("a/x", 1));
    }

    @Test
    void holdsATenantForItsRateAndAnotherForItsType() {
        var queue = queue(List.of(), List.of("type:x=1"), List.of("tenant:a=1"));
        add(queue, "a", "y", 2);
        add(queue, "b", "x", 2);
        var first = List.of(Objects.requireNonNull(queue.poll()), Objects.requireNonNull(queue.poll()));
        assertThat(queue.poll()).isNull();

        nanos += 1_000_000_000;
        assertThat(take(queue, 9)).isEqualTo(Map.of("a/y", 1));
        first.forEach(job -> queue.ended(job, true));
        assertThat(take(queue, 9)).isEqualTo(Map.of("b/x", 1));
    }

    @Test
    void keepsNothingOfOneThatWasTakenBack() {
        var queue = queue(List.of(), List.of("type:x=1"), List.of("tenant:b=1"));
        var first = job("a", "x", 1);
        var second = job("a", "x", 2);
        queue.add(first);
        assertThat(queue.poll()).isEqualTo(first);
        queue.add(second);
        assertThat(queue.poll()).isNull();
        queue.remove(second);
        queue.remove(second);
        assertThat(queue.size()).isZero();
        assertThat(queue.limits(new Tenant("a")).getFirst().waiting()).isZero();

        queue.ended(first, true);
        add(queue, "a", "x", 1);
        assertThat(take(queue, 9)).isEqualTo(Map.of("a/x", 1));
    }

    @Test
    void countsForNoRateWhatCouldNotBegin() {
        var queue = queue(List.of(), List.of(), List.of("type:x=1"));
        add(queue, "a", "x", 3);
        for (int time = 0; time < 2; time++) {
            var next = Objects.requireNonNull(queue.poll());
            assertThat(queue.poll()).isNull();
            queue.ended(next, false);
        }

        assertThat(take(queue, 9)).isEqualTo(Map.of("a/x", 1));
        assertThat(queue.size()).isZero();
    }

    @Test
    void saysWhoWaitsForWhat() {
        var queue = queue(List.of("type:z=2"), List.of("type:x=1"), List.of("tenant:a=1"));
        add(queue, "a", "x", 2);
        add(queue, "b", "x", 12);
        take(queue, 9);

        assertThat(queue.limits(new Tenant("a")))
                .extracting(
                        TurnLimits::of, TurnLimits::name, TurnLimits::running, TurnLimits::waiting, TurnLimits::heldBy)
                .containsExactly(
                        tuple(TENANT, "a", 1, 1, Optional.of(PER_SECOND)),
                        tuple(TYPE, "x", 1, 13, Optional.of(CONCURRENT)),
                        tuple(TYPE, "z", 0, 0, Optional.empty()));
        var b = queue.limits(new Tenant("b"));
        assertThat(b.getFirst())
                .isEqualTo(new TurnLimits(
                        TENANT,
                        "b",
                        1,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        0,
                        12,
                        Optional.empty(),
                        b.getFirst().waiters()));
        assertThat(b.getFirst().waiters())
                .hasSize(10)
                .allMatch(address -> address.type().equals("x"));
        assertThat(b.get(1).concurrent()).hasValue(1);
        assertThat(b.get(2).weight()).isEqualTo(2);
    }

    @Test
    void losesNothingWhateverTheOrder() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        var queue = queue(
                List.of("tenant:t1=3", "type:y1=2"),
                List.of("type:y0=2", "tenant:t2=1"),
                List.of("type:y1=1000", "tenant:t3=500"));
        var out = new ArrayList<Job>();
        int taken = 0;
        for (int step = 0; step < 10_000; step++) {
            nanos += random.nextInt(100_000);
            switch (random.nextInt(3)) {
                case 0 -> add(queue, "t" + random.nextInt(4), "y" + random.nextInt(3), 1);
                case 1 -> {
                    var job = queue.poll();
                    if (job != null) {
                        out.add(job);
                        taken++;
                    }
                }
                default -> {
                    if (!out.isEmpty()) {
                        queue.ended(out.remove(random.nextInt(out.size())), random.nextBoolean());
                    }
                }
            }
        }
        for (int rest = queue.size(); rest > 0; rest = queue.size()) {
            out.forEach(job -> queue.ended(job, true));
            out.clear();
            nanos += 2_000_000;
            for (var job = queue.poll(); job != null; job = queue.poll()) {
                out.add(job);
                taken++;
            }
            assertThat(out).as("seed %d", seed).isNotEmpty();
        }
        assertThat(taken).as("seed %d", seed).isEqualTo((int) numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1", "tenant:a", "tenant:a=0", "tenant:a=-1", "type:=1", "tenant:a=9999999999"})
    void saysWhichSettingCannotBeRead(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shares.of(List.of(entry), List.of(), List.of()))
                .withMessageContaining("fair.weights")
                .withMessageContaining("'" + entry + "'");
    }
}
