package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TickerTest {
    @Test
    void goesOnAfterAFailureUntilItIsClosed() throws InterruptedException {
        var thrice = new CountDownLatch(3);
        var worker = new AtomicReference<>(Thread.currentThread());
        var ticker = new Ticker("ticks", Duration.ofMillis(1), () -> {
            worker.set(Thread.currentThread());
            thrice.countDown();
            throw new IllegalStateException("broken");
        });

        assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
        ticker.close();
        assertThat(worker.get().isAlive()).isFalse();
    }
}
