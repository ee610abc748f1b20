package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openclaw.telemetry.EventSink;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Severity;

class EventRelayTest {
    private final BlockingQueue<RuntimeEvent> heard = new LinkedBlockingQueue<>();
    private final EventRelay relay = new EventRelay(InstantSource.fixed(TestNode.START));

    @AfterEach
    void close() throws InterruptedException {
        relay.close();
    }

    private static Notice notice(int number) {
        return new Notice(TestNode.START, "bundle.serving", "a.jar", Severity.INFO, "event " + number);
    }

    private RuntimeEvent next() throws InterruptedException {
        var event = heard.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event within 20 s").isNotNull();
        return event;
    }

    @Test
    void takesEveryEventToEverySinkInOrder() throws InterruptedException {
        var others = new LinkedBlockingQueue<RuntimeEvent>();
        relay.to(List.of(others::add, heard::add));
        IntStream.range(0, 100).forEach(number -> relay.publish(notice(number)));

        for (int number = 0; number < 100; number++) {
            assertThat(next()).isEqualTo(notice(number));
        }
        assertThat(others).hasSize(100);
    }

    @Test
    void keepsOnPublishingWhenASinkThrows() throws InterruptedException {
        EventSink broken = event -> {
            throw new IllegalStateException("broken");
        };
        EventSink unlinked = event -> {
            throw new NoClassDefFoundError("gone");
        };
        relay.to(List.of(broken, unlinked, heard::add));
        relay.publish(notice(1));
        relay.publish(notice(2));

        assertThat(next()).isEqualTo(notice(1));
        assertThat(next()).isEqualTo(notice(2));
    }

    @Test
    void neverHoldsAPublisherUpAndSaysHowManyEventsWereDropped() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        EventSink slow = event -> {
            entered.countDown();
            try {
                gate.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            heard.add(event);
        };
        relay.to(List.of(slow));
        relay.publish(notice(0));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        IntStream.rangeClosed(1, 1_024 + 7).forEach(number -> relay.publish(notice(number)));
        gate.countDown();

        assertThat(next()).isEqualTo(notice(0));
        var dropped = next();
        assertThat(dropped.kind()).isEqualTo("events.dropped");
        assertThat(dropped.text()).startsWith("7 events were dropped");
        assertThat(next()).isEqualTo(notice(1));
    }
}
