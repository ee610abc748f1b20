package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.Agent;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;
import org.openclaw.telemetry.RuntimeEvent;

class WatchdogTest {
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger spinning = new AtomicInteger();

    /** Computes until the test has seen enough. */
    private final class Spinner implements Agent<Tally, Tally.Noted> {
        @Override
        public Tally.Noted initial(Address self) {
            return new Tally.Noted(List.of());
        }

        @Override
        public Tally.Noted handle(Tally message, Tally.Noted state, Turn turn) {
            spinning.incrementAndGet();
            while (!stop.get()) {
                Thread.onSpinWait();
            }
            return state;
        }
    }

    @Test
    void letsOthersGoOnAndNamesTheHandlersThatSpin() throws Exception {
        var bench = new Bench().serving();
        bench.engine.add(Fixtures.version("spinner", 1, new Spinner(), Tally.class, Tally.Noted.class));
        var watchdog = new Watchdog(bench.engine);
        int carriers = Runtime.getRuntime().availableProcessors();
        try {
            for (int spinner = 0; spinner < carriers; spinner++) {
                spin(bench, spinner);
                // those before the last one, which leaves no processor free, have been at it for long by then
                bench.advance(Duration.ofSeconds(1));
            }

            assertThat(bench.run("tally/a", new Tally.Note(1))).isInstanceOf(MessageStatus.Done.class);
            assertThat(bench.events)
                    .filteredOn(event -> event.kind().equals("handler.spinning"))
                    .isNotEmpty()
                    .extracting(RuntimeEvent::text)
                    .allSatisfy(text -> assertThat(text).contains("spinner/s"));
        } finally {
            stop.set(true);
            watchdog.close();
        }
    }

    private void spin(Bench bench, int number) {
        bench.engine.send(
                Tenant.DEFAULT,
                Address.of("spinner", "s" + number),
                bench.message("spin" + number, "spinner.Note", Body.json("{\"number\":1}")));
        while (spinning.get() <= number) {
            Thread.onSpinWait();
        }
    }
}
