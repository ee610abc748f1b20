package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.Preview;
import org.openclaw.agent.PreviewId;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

class PreviewBoardTest {
    private static final AgentName AGENT = new AgentName(Tenant.DEFAULT, Address.of("talk", "a"));
    private static final Ticket ONE = new Ticket(1, 1, 11);
    private static final Ticket OTHER = new Ticket(1, 2, 22);
    private static final int ALL = Shown.MOST;

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final PreviewBoard board = board(0xabc, 200_000);

    private PreviewBoard board(long life, long most) {
        return new PreviewBoard(
                life,
                most,
                new Surroundings(
                        new MemoryTurnStore(),
                        Runnable::run,
                        (_, commit) -> commit.run(),
                        () -> now,
                        () -> 0,
                        (_, work) -> Thread.ofVirtual().start(work),
                        new Alarms(),
                        () -> 0,
                        (_, _, _, _) -> false,
                        (_, _) -> {},
                        _ -> {}));
    }

    private PreviewBoard.Showing begin(Ticket ticket) {
        return board.begin(AGENT, ticket, 0);
    }

    private static Optional<Preview> read(PreviewBoard from, Ticket of, PreviewId after, int limit) {
        return from.read(Tenant.DEFAULT, of.id(), after, limit);
    }

    private Preview first(Ticket of) {
        return read(board, of, PreviewId.START, ALL).orElseThrow();
    }

    @Test
    void tellsTheTextOfARunInOrderAndNothingTwice() {
        try (var run = begin(ONE)) {
            assertThat(read(board, ONE, PreviewId.START, ALL)).isEmpty();
            run.accept("Once ");
            run.accept("");
            run.accept("upon");
            var first = read(board, ONE, PreviewId.START, 6).orElseThrow();
            assertThat(first.text()).isEqualTo("Once u");
            assertThat(first.attempt()).isEqualTo(1);
            assertThat(first.offset()).isZero();
            run.accept(" a time");
            var second = read(board, ONE, first.next(), ALL).orElseThrow();
            assertThat(second.text()).isEqualTo("pon a time");
            assertThat(second.offset()).isEqualTo(6);
            assertThat(second.missed()).isFalse();
            assertThat(read(board, ONE, second.next(), ALL)).isEmpty();
        }
    }

    @Test
    void givesALaterRunAGreaterNumberAndBeginsAnew() {
        var read = PreviewId.START;
        for (int attempt = 1; attempt <= 3; attempt++) {
            try (var run = begin(ONE)) {
                run.accept("again");
                var shown = read(board, ONE, read, ALL).orElseThrow();
                assertThat(shown.attempt()).isEqualTo(attempt);
                assertThat(shown.offset()).isZero();
                assertThat(shown.text()).isEqualTo("again");
                read = shown.next();
            }
            assertThat(read(board, ONE, read, ALL)).isEmpty();
        }
        assertThat(first(ONE).attempt()).isEqualTo(3);
    }

    @Test
    void countsTheFailuresThatCameBefore() {
        board.begin(AGENT, ONE, 4).accept("x");

        assertThat(first(ONE).attempt()).isEqualTo(5);
    }

    @Test
    void givesAReaderFromAnEarlierLifeAGreaterNumberThanItHasSeen() {
        for (int time = 0; time < 3; time++) {
            try (var run = begin(ONE)) {
                run.accept("before the crash");
            }
        }
        var next = board(0xdef, 200_000);
        next.begin(AGENT, ONE, 0).accept("behind");

        var shown = read(next, ONE, first(ONE).next(), ALL).orElseThrow();
        assertThat(shown.attempt()).isEqualTo(4);
        assertThat(shown.offset()).isZero();
        assertThat(shown.text()).isEqualTo("behind");
        assertThat(read(next, ONE, shown.next(), ALL)).isEmpty();
    }

    @Test
    void forgetsTheOldestOfATextThatIsTooLongAndSaysSo() {
        var run = begin(ONE);
        run.accept("a".repeat(10));
        var read = first(ONE).next();
        for (int piece = 0; piece < 1000; piece++) {
            run.accept("b".repeat(100));
        }
        var shown = read(board, ONE, read, ALL).orElseThrow();
        assertThat(shown.missed()).isTrue();
        assertThat(shown.text())
                .hasSizeBetween(ALL * 3 / 4, ALL)
                .containsOnlyOnce("b".repeat(shown.text().length()));
        assertThat(shown.offset() + shown.text().length()).isEqualTo(100_010);

        run.accept("c".repeat(3 * ALL));
        var latest = read(board, ONE, shown.next(), ALL).orElseThrow();
        assertThat(latest.missed()).isTrue();
        assertThat(latest.offset() + latest.text().length()).isEqualTo(100_010 + 3L * ALL);
        assertThat(latest.text()).doesNotContain("b");
    }

    @Test
    void cutsNoCharacterInTwoAndWritesNoHalfOne() {
        var run = begin(ONE);
        run.accept("ab\uD83D");
        var first = first(ONE);
        assertThat(first.text()).isEqualTo("ab");
        run.accept("\uDE00");
        var face = read(board, ONE, first.next(), ALL).orElseThrow();
        assertThat(face.text()).isEqualTo("\uD83D\uDE00");
        run.accept("\uDE00c\uD83Dd");
        assertThat(read(board, ONE, face.next(), ALL).orElseThrow().text()).isEqualTo("\uFFFDc\uFFFDd");
        assertThat(read(board, ONE, PreviewId.START, 3).orElseThrow().text()).isEqualTo("ab");
    }

    @Test
    void takesTheRoomOfWhatHasEndedAndOfNoOtherRun() {
        try (var run = begin(ONE)) {
            run.accept("e".repeat(ALL));
        }
        var other = begin(OTHER);
        other.accept("o".repeat(ALL));
        var third = begin(new Ticket(1, 3, 33));
        third.accept("t".repeat(ALL));
        assertThat(first(ONE).text()).hasSize(ALL);

        var fourth = begin(new Ticket(1, 4, 44));
        fourth.accept("f".repeat(ALL));
        assertThat(read(board, ONE, PreviewId.START, ALL)).isEmpty();
        var fifth = new Ticket(1, 5, 55);
        var late = begin(fifth);
        late.accept("x".repeat(ALL));

        assertThat(first(OTHER).text()).hasSize(ALL);
        assertThat(first(fifth).missed()).isTrue();
        assertThat(first(fifth).offset() + first(fifth).text().length()).isEqualTo(ALL);
        assertThat(first(fifth).text().length()).isLessThanOrEqualTo(200_000 - 3 * ALL);
    }

    @Test
    void keepsWhatADoneMessageHasShownForSomeSeconds() {
        var run = begin(ONE);
        run.accept("all");
        run.close();
        run.done();
        run.accept("too late");
        now = now.plusSeconds(9);
        board.sweep();
        assertThat(first(ONE).text()).isEqualTo("all");

        now = now.plusSeconds(1);
        board.sweep();
        assertThat(read(board, ONE, PreviewId.START, ALL)).isEmpty();
    }

    @Test
    void showsNothingToOthers() {
        begin(ONE).accept("secret");

        assertThat(board.read(new Tenant("other"), ONE.id(), PreviewId.START, ALL))
                .isEmpty();
        assertThat(read(board, new Ticket(1, 1, 12), PreviewId.START, ALL)).isEmpty();
        assertThat(board.read(Tenant.DEFAULT, new ReceiptId("nonsense"), PreviewId.START, ALL))
                .isEmpty();
    }

    @Test
    void standsCursorsThatNobodyHasGivenOut() {
        begin(ONE).accept("abc");
        var run = first(ONE).next().run();

        assertThat(read(board, ONE, new PreviewId(run, 1, 1_000), ALL)).isEmpty();
        assertThat(read(board, ONE, new PreviewId(5, 999_999_999, 7), ALL)
                        .orElseThrow()
                        .attempt())
                .isEqualTo(1_000_000_000);
        assertThatThrownBy(() -> read(board, ONE, PreviewId.START, 1)).hasMessageContaining("expected: 2 to 65536");
    }

    @Test
    void callsWhoWatchesOnceEachTimeItIsArmed() throws Exception {
        var calls = new Semaphore(0);
        var run = begin(ONE);
        try (var watch = board.watch(calls::release)) {
            watch.arm(board.changes());
            run.accept("a");
            calls.acquire();
            long seen = board.changes();
            run.accept("b");
            watch.arm(seen);
            calls.acquire();
        }
        run.accept("c");
        assertThat(calls.availablePermits()).isZero();
    }

    @Test
    void losesNothingWhileItIsWrittenAndReadAtOnce() throws Exception {
        int pieces = 20_000;
        var run = begin(ONE);
        var read = new AtomicInteger();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var end = readers.submit(() -> {
                var bell = new Semaphore(0);
                var at = PreviewId.START;
                try (var watch = board.watch(bell::release)) {
                    while (at.offset() < pieces) {
                        long seen = board.changes();
                        var next = read(board, ONE, at, 100);
                        if (next.isPresent()) {
                            assertThat(next.get().offset()).isEqualTo(at.offset());
                            read.addAndGet(next.get().text().length());
                            at = next.get().next();
                        } else {
                            watch.arm(seen);
                            bell.acquire();
                        }
                    }
                }
                return at;
            });
            for (int piece = 0; piece < pieces; piece++) {
                run.accept("x");
            }
            assertThat(end.get().attempt()).isEqualTo(1);
        }
        assertThat(read).hasValue(pieces);
    }
}
