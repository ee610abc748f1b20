package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentEvent;
import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.EventPage;
import org.openclaw.agent.RecentTurn;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

class EventRingTest {
    private static final int SIZE = 4;
    private static final long LIFE = 7;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Runnable> started = new ArrayList<>();
    private final EventRing ring = new EventRing(SIZE, LIFE, InstantSource.fixed(NOW), (_, work) -> started.add(work));
    private final AtomicInteger calls = new AtomicInteger();

    private void add(EventKind kind, String type, String key, long message) {
        var told = new EventRing.Told(message, 9, type + ".Note", "1.0.0", 5_000_000, "");
        ring.add(kind, new AgentName(Tenant.DEFAULT, Address.of(type, key)), key.charAt(0), told);
    }

    private void add(String key, long message) {
        add(EventKind.TURN_DONE, "tally", key, message);
    }

    private static EventId id(long number) {
        return new EventId(LIFE, number);
    }

    private EventPage.Read read(EventFilter filter, EventId after, int limit) {
        var page = ring.read(Tenant.DEFAULT, filter, after, limit);
        assertThat(page).isInstanceOf(EventPage.Read.class);
        return (EventPage.Read) page;
    }

    private List<Long> numbers(EventFilter filter) {
        return read(filter, id(0), 10).events().stream()
                .map(event -> event.id().number())
                .toList();
    }

    private void runStarted() {
        var now = List.copyOf(started);
        started.clear();
        now.forEach(Runnable::run);
    }

    @Test
    void readsBehindACursorInOrderAndSaysWhereToGoOn() {
        assertThat(read(EventFilter.ALL, ring.newest(), 10)).isEqualTo(new EventPage.Read(List.of(), id(0), false));
        add("a", 1);
        add("b", 2);
        add("a", 3);

        var first = read(EventFilter.ALL, id(0), 2);
        assertThat(first.events()).extracting(AgentEvent::id).containsExactly(id(1), id(2));
        assertThat(first.more()).isTrue();
        var rest = read(EventFilter.ALL, first.next(), 2);
        assertThat(rest.events()).extracting(AgentEvent::id).containsExactly(id(3));
        assertThat(rest.more()).isFalse();
        assertThat(rest.next()).isEqualTo(ring.newest());
    }

    @Test
    void tellsWhatIsKnownOfAnEvent() {
        var name = new AgentName(Tenant.DEFAULT, Address.of("tally", "a"));
        var told = new EventRing.Told(2, 9, "tally.Note", "1.0.0", 5_000_000, "pay");
        ring.add(EventKind.STEP_RECORDED, name, 1, Micros.of(NOW), told, "step.failed", "x".repeat(600));
        ring.add(EventKind.AGENT_SUSPENDED, name, 1, "");

        var events = read(EventFilter.ALL, id(0), 10).events();
        var turn = events.getFirst().turn().orElseThrow();
        assertThat(events.getFirst().at()).isEqualTo(NOW);
        assertThat(events.getFirst().code()).contains("step.failed");
        assertThat(events.getFirst().cause()).contains("x".repeat(500));
        assertThat(turn.receipt()).isEqualTo(new Ticket(1, 2, 9).id());
        assertThat(turn.version()).contains("1.0.0");
        assertThat(turn.subject()).contains("pay");
        assertThat(turn.took()).hasMillis(5);
        assertThat(events.getLast().turn()).isEmpty();
        assertThat(events.getLast().kind().text()).isEqualTo("agent.suspended");
    }

    @Test
    void filtersByTenantTypeAgentAndKind() {
        add(EventKind.TURN_DONE, "tally", "a", 1);
        add(EventKind.TURN_FAILED, "talk", "a", 2);
        add(EventKind.TURN_FAILED, "tally", "b", 3);

        assertThat(numbers(new EventFilter(Optional.of("tally"), Optional.empty(), Set.of())))
                .containsExactly(1L, 3L);
        assertThat(numbers(EventFilter.of(Address.of("talk", "a")))).containsExactly(2L);
        assertThat(numbers(EventFilter.ALL.only(Set.of(EventKind.TURN_FAILED)))).containsExactly(2L, 3L);
        assertThat(ring.read(new Tenant("other"), EventFilter.ALL, id(0), 10))
                .isEqualTo(new EventPage.Read(List.of(), id(3), false));
    }

    @Test
    void saysThatACursorIsForgottenWhenTheRingHasPassedItOrTheNodeHasBegunAnotherLife() {
        for (int number = 1; number <= SIZE + 1; number++) {
            add("a", number);
        }

        assertThat(ring.read(Tenant.DEFAULT, EventFilter.ALL, id(0), 10)).isEqualTo(new EventPage.Forgotten(false));
        assertThat(ring.oldest()).isEqualTo(id(1));
        assertThat(read(EventFilter.ALL, id(1), 10).events()).hasSize(SIZE);
        assertThat(ring.read(Tenant.DEFAULT, EventFilter.ALL, new EventId(LIFE + 1, 3), 10))
                .isEqualTo(new EventPage.Forgotten(true));
        assertThat(ring.read(Tenant.DEFAULT, EventFilter.ALL, id(SIZE + 2), 10))
                .isEqualTo(new EventPage.Forgotten(true));
    }

    @Test
    void findsTheCursorBeforeTheLatestThatPass() {
        add("a", 1);
        add("b", 2);
        add("a", 3);
        add("b", 4);
        var a = EventFilter.of(Address.of("tally", "a"));

        assertThat(ring.before(Tenant.DEFAULT, a, 0)).isEqualTo(ring.newest());
        assertThat(ring.before(Tenant.DEFAULT, a, 1)).isEqualTo(id(2));
        assertThat(ring.before(Tenant.DEFAULT, a, 2)).isEqualTo(id(0));
        assertThat(ring.before(Tenant.DEFAULT, a, 3)).isEqualTo(id(0));
        add("b", 5);
        assertThat(ring.before(Tenant.DEFAULT, a, 3)).isEqualTo(ring.oldest());
    }

    @Test
    void refusesLimitsOutOfTheirBounds() {
        assertThatThrownBy(() -> ring.read(Tenant.DEFAULT, EventFilter.ALL, id(0), 0))
                .hasMessageContaining("limit: 0 (expected: 1 to 1000)");
        assertThatThrownBy(() -> ring.before(Tenant.DEFAULT, EventFilter.ALL, 1001))
                .hasMessageContaining("latest: 1001 (expected: 0 to 1000)");
    }

    @Test
    void remembersHowTheMessagesOfOneAgentEndedNewestFirst() {
        add(EventKind.TURN_DONE, "tally", "a", 1);
        add(EventKind.TURN_DONE, "tally", "b", 2);
        add(EventKind.TURN_SUSPENDED, "tally", "a", 3);
        add(EventKind.TURN_CANCELLED, "tally", "a", 3);

        assertThat(ring.endings('a', 10))
                .extracting(RecentTurn::outcome)
                .containsExactly(RecentTurn.Outcome.CANCELLED, RecentTurn.Outcome.DONE);
        assertThat(ring.endings('a', 1)).hasSize(1);
        assertThat(ring.endings('c', 10)).isEmpty();
        add(EventKind.TURN_DONE, "tally", "b", 4);
        assertThat(ring.endings('a', 10)).hasSize(1);
    }

    @Test
    void callsOnceEachTimeItIsArmedHoweverMuchHappens() {
        var watch = ring.watch(calls::incrementAndGet);
        add("a", 1);
        assertThat(started).isEmpty();

        watch.arm(ring.newest());
        watch.arm(ring.newest());
        add("a", 2);
        add("a", 3);
        runStarted();
        assertThat(calls).hasValue(1);

        watch.arm(ring.newest());
        runStarted();
        assertThat(calls).hasValue(1);
        add("a", 4);
        runStarted();
        assertThat(calls).hasValue(2);
    }

    @Test
    void callsAtOnceWhenThereIsSomethingBehindTheCursorOrItIsOfAnotherLife() {
        add("a", 1);
        var watch = ring.watch(calls::incrementAndGet);

        watch.arm(id(0));
        runStarted();
        assertThat(calls).hasValue(1);
        watch.arm(new EventId(LIFE + 1, 1));
        runStarted();
        assertThat(calls).hasValue(2);
    }

    @Test
    void callsNobodyWhoHasClosed() {
        var watch = ring.watch(calls::incrementAndGet);
        watch.arm(ring.newest());
        add("a", 1);
        watch.close();
        runStarted();
        watch.arm(id(0));
        add("a", 2);

        assertThat(started).isEmpty();
        assertThat(calls).hasValue(0);
    }

    @Test
    void goesOnWhenSomebodyWhoIsCalledThrows() {
        var watch = ring.watch(() -> {
            calls.incrementAndGet();
            throw new IllegalStateException("a watcher's fault is its own");
        });
        for (int time = 1; time <= 2; time++) {
            watch.arm(ring.newest());
            add("a", time);
            runStarted();
        }

        assertThat(calls).hasValue(2);
    }

    @Test
    void losesNothingAndNoCallWhileItIsWrittenAndReadAtOnce() throws Exception {
        int all = 300_000;
        var busy = new EventRing(
                1 << 14,
                LIFE,
                InstantSource.fixed(NOW),
                (_, work) -> Thread.ofVirtual().start(work));
        var name = new AgentName(Tenant.DEFAULT, Address.of("tally", "a"));
        var told = new EventRing.Told(1, 2, "tally.Note", "", 0, "");
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new ArrayList<Future<Long>>();
            for (int reader = 0; reader < 3; reader++) {
                ends.add(readers.submit(() -> sum(busy, all)));
            }
            for (int number = 1; number <= all; number++) {
                busy.add(EventKind.TURN_DONE, name, 1, told);
            }
            for (var end : ends) {
                assertThat(end.get()).isEqualTo(all);
            }
        }
    }

    /** Reads until the last event has come; how many it has read or was told that it has missed. */
    private static long sum(EventRing busy, int all) throws InterruptedException {
        var bell = new Semaphore(0);
        long count = 0;
        var at = new EventId(LIFE, 0);
        try (var watch = busy.watch(bell::release)) {
            while (at.number() < all) {
                switch (busy.read(Tenant.DEFAULT, EventFilter.ALL, at, 1000)) {
                    case EventPage.Read page -> {
                        long expected = at.number();
                        for (var event : page.events()) {
                            assertThat(event.id().number()).isEqualTo(++expected);
                        }
                        count += page.events().size();
                        at = page.next();
                        if (!page.more() && at.number() < all) {
                            watch.arm(at);
                            bell.acquire();
                        }
                    }
                    case EventPage.Forgotten _ -> {
                        var oldest = busy.oldest();
                        count += oldest.number() - at.number();
                        at = oldest;
                    }
                }
            }
        }
        return count;
    }
}
