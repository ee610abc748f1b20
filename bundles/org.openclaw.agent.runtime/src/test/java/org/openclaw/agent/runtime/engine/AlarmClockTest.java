package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AlarmClockTest {
    @Test
    void firesAnAlarmThatIsSetBeforeTheOthersAndGoesOnAfterABrokenOne() throws InterruptedException {
        var clock = Clock.systemUTC();
        var alarms = new Alarms();
        var fired = new CountDownLatch(1);
        var swept = new CountDownLatch(1);
        var alarmClock = new AlarmClock(clock, alarms, swept::countDown);

        alarms.set(clock.instant().plusSeconds(3600), () -> {});
        alarms.set(clock.instant(), () -> {
            throw new IllegalStateException("broken");
        });
        alarms.set(clock.instant().plusMillis(20), fired::countDown);

        assertThat(fired.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(swept.await(20, TimeUnit.SECONDS)).isTrue();
        alarmClock.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("openclaw-alarms"));
    }
}
