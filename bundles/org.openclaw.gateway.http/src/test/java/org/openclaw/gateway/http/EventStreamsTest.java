package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.EventFilter;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

class EventStreamsTest {
    private static final Address ORDER = Address.of("order", "7");
    private static final int MOST = 2;

    private final ListedEvents events = new ListedEvents();
    private final ManualLoop loop = new ManualLoop();
    private Optional<AgentEvents> present = Optional.of(events);
    private final Part<AgentEvents> part = new Part<>("The agent runtime", () -> present);
    private final EventStreams streams = new EventStreams(MOST, loop);

    /** A client that takes what its test lets it take. */
    private static final class Client implements EventOutlet {
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();
        private final Listener listener;
        private boolean takes = true;
        private boolean broken;
        private boolean closed;

        Client(Listener listener) {
            this.listener = listener;
        }

        @Override
        public boolean isReady() {
            return takes;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (broken) {
                throw new IOException("gone");
            }
            got.writeBytes(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }

        void take(boolean now) {
            takes = now;
            if (now) {
                listener.writable();
            }
        }

        /** What has come since this was asked for the last time. */
        String got() {
            var text = got.toString(StandardCharsets.UTF_8);
            got.reset();
            return text;
        }

        long events() {
            return got().lines().filter(line -> line.startsWith("event: ")).count();
        }
    }

    private EventFeed feed(EventFilter filter) {
        return new AgentFeed(new AgentSource(part, events), Tenant.DEFAULT, filter, events.newest());
    }

    private Client open(BooleanSupplier allowed) {
        var made = new Client[1];
        var refused = streams.open(
                feed(EventFilter.ALL),
                listener -> {
                    made[0] = new Client(listener);
                    return made[0];
                },
                allowed);
        assertThat(refused).isEmpty();
        loop.settle();
        return made[0];
    }

    private Client open() {
        var client = open(() -> true);
        assertThat(client.got()).startsWith("retry: 1000\nid: ").endsWith("\n\n");
        return client;
    }

    private Optional<Problem> refusal() {
        return streams.open(feed(EventFilter.ALL), Client::new, () -> true);
    }

    @Test
    void writesEventsAsTheyHappen() {
        var client = open();
        events.done(ORDER);
        loop.settle();

        assertThat(client.got())
                .isEqualTo("id: 0000000000000abc-1\nevent: turn.done\ndata: {\"id\":\"0000000000000abc-1\","
                        + "\"at\":\"2026-11-01T12:00:00Z\",\"kind\":\"turn.done\",\"agent\":\"order/7\",\"receipt\":\"r1\","
                        + "\"messageType\":\"order.Placed\",\"version\":\"1.0.0\",\"millis\":3}\n\n");
        events.suspended(ORDER, "approval");
        loop.settle();
        assertThat(client.got())
                .contains("id: 0000000000000abc-2\nevent: turn.suspended\n", "\"waitsFor\":\"approval\"");
    }

    @Test
    void keepsALineBreakInsideTheJson() {
        var client = open();
        events.failed(ORDER, "one\n\ndata: two\r\n");
        loop.settle();

        assertThat(client.got())
                .contains("\"cause\":\"one\\n\\ndata: two\\r\\n\"}\n\n")
                .hasLineCount(4);
    }

    @Test
    void waitsForAClientThatTakesNothingAndLosesNothing() {
        var client = open();
        client.take(false);
        for (int number = 0; number < 500; number++) {
            events.done(ORDER);
        }
        loop.settle();
        assertThat(client.got()).isEmpty();

        client.take(true);
        loop.settle();
        loop.pass(1);
        assertThat(client.events()).isEqualTo(500);
    }

    @Test
    void aClientThatTakesNothingHoldsNobodyUp() {
        var slow = open();
        var quick = open();
        slow.take(false);
        events.done(ORDER);
        loop.settle();

        assertThat(quick.events()).isEqualTo(1);
    }

    @Test
    void saysThatEventsAreMissingToAClientThatIsTooSlow() {
        var client = open();
        client.take(false);
        for (int number = 0; number < 9; number++) {
            events.done(ORDER);
        }
        events.remember(5);
        client.take(true);
        loop.settle();

        assertThat(client.got())
                .startsWith("id: 0000000000000abc-9\nevent: events.missed\ndata: {\"kind\":\"events.missed\",");
        events.done(ORDER);
        loop.settle();
        assertThat(client.events()).isEqualTo(1);
    }

    @Test
    void sendsAHeartbeatAfterFifteenSilentSeconds() {
        var client = open();
        loop.pass(14);
        assertThat(client.got()).isEmpty();
        loop.pass(1);
        assertThat(client.got()).isEqualTo(":\nid: 0000000000000abc-0\n\n");

        loop.pass(10);
        events.done(ORDER);
        loop.settle();
        client.got();
        loop.pass(14);
        assertThat(client.got()).isEmpty();
    }

    @Test
    void cutsAClientThatTakesNothingForLong() {
        var client = open();
        client.take(false);
        loop.pass(29);
        assertThat(client.closed).isFalse();
        loop.pass(1);
        assertThat(client.closed).isTrue();
        assertThat(events.watches()).isZero();
    }

    @Test
    void endsWhenTheReaderMayNotReadAnyMore() {
        var allowed = new AtomicBoolean(true);
        var client = open(allowed::get);
        loop.pass(20);
        assertThat(client.closed).isFalse();
        allowed.set(false);
        loop.pass(15);

        assertThat(client.closed).isTrue();
    }

    @Test
    void refusesMoreThanItsBoundUntilOneHasEnded() {
        var first = open();
        open();
        var full = refusal().orElseThrow();
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.code()).isEqualTo("streams.full");
        assertThat(full.headers()).containsEntry("Retry-After", "5");

        first.broken = true;
        events.done(ORDER);
        loop.settle();
        assertThat(first.closed).isTrue();
        open();
        assertThat(refusal()).isPresent();
    }

    @Test
    void forgetsAClientThatHasGone() {
        var client = open();
        client.listener.gone();
        client.listener.gone();
        loop.settle();

        assertThat(events.watches()).isZero();
        open();
        open();
        assertThat(refusal()).isPresent();
    }

    @Test
    void endsAllWhenItClosesAndOpensNoneAfterwards() {
        var client = open();
        streams.close();

        assertThat(client.closed).isTrue();
        assertThat(refusal())
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(503));
    }

    @Test
    void endsWhenTheRuntimeHasGone() {
        var client = open();
        present = Optional.empty();
        loop.pass(1);

        assertThat(client.closed).isTrue();
    }

    @Test
    void watchesNothingWhileNobodyReads() {
        assertThat(events.watches()).isZero();
        open();
        assertThat(events.watches()).isEqualTo(1);
    }
}
