package org.openclaw.agent.runtime.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openclaw.capability.CapabilityView;

/** How many calls may be under way, wait, and begin in a second. */
class LimitsTest {
    private final Scene scene = new Scene();
    private final Scene.Held held = new Scene.Held(1);

    @AfterEach
    void close() {
        held.gate.countDown();
        scene.close();
    }

    private void occupy() throws InterruptedException {
        scene.provide(1, name -> name.equals("first") ? held.greet(name) : "hello " + name);
        var _ = scene.call("first");
        assertThat(held.reached.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void letsSoManyCallsInAndTheOthersWait() throws Exception {
        scene.limit(Limits.of("*").concurrent(1));
        occupy();
        var second = scene.call("second");
        scene.awaitWaiting(1);
        assertThat(scene.view().waiting())
                .extracting(CapabilityView.Waiter::reason)
                .containsExactly(CapabilityView.Reason.ROOM);
        assertThat(scene.view().counts().running()).isEqualTo(1);

        held.gate.countDown();

        assertThat(Scene.end(second)).isEqualTo("hello second");
        assertThat(scene.view().counts().running()).isZero();
    }

    @Test
    void refusesTheCallThatFindsTheQueueFull() throws Exception {
        scene.limit(Limits.of("*").concurrent(1).queue(1));
        occupy();
        var second = scene.call("second");
        scene.awaitWaiting(1);

        assertThat(scene.refused()).isEqualTo("capability.busy");

        held.gate.countDown();
        assertThat(Scene.end(second)).isEqualTo("hello second");
    }

    @Test
    void refusesTheCallThatHasWaitedForTooLong() throws Exception {
        scene.limit(Limits.of("*").concurrent(1).waiting(Limits.SHORT));
        occupy();

        assertThat(scene.refused()).isEqualTo("capability.busy");
    }

    @Test
    void countsTheCallsUnderWayWhenTheLimitIsLowered() throws Exception {
        scene.limit(Limits.of("*").concurrent(2));
        occupy();

        scene.limit(Limits.of("*").concurrent(1).waiting(Duration.ZERO));

        assertThat(scene.refused()).isEqualTo("capability.busy");
    }

    @Test
    void letsThoseWhoWaitInWhenTheLimitIsRaised() throws Exception {
        scene.limit(Limits.of("*").concurrent(1));
        occupy();
        var second = scene.call("second");
        scene.awaitWaiting(1);

        scene.limit(Limits.of("*").concurrent(2));

        assertThat(Scene.end(second)).isEqualTo("hello second");
    }

    @Test
    void takesNoRoomForAProviderThatIsAway() throws Exception {
        scene.limit(Limits.of("*").concurrent(1));
        var first = scene.call("one");
        var second = scene.call("two");
        scene.awaitWaiting(2);

        assertThat(scene.view().waiting())
                .extracting(CapabilityView.Waiter::reason)
                .containsExactly(CapabilityView.Reason.PROVIDER, CapabilityView.Reason.PROVIDER);

        scene.provide(1, name -> "hello " + name);
        assertThat(Scene.end(first)).isEqualTo("hello one");
        assertThat(Scene.end(second)).isEqualTo("hello two");
    }

    @Test
    void refusesWhatIsBeyondTheRate() throws Exception {
        scene.limit(Limits.of("*").perSecond(1).waiting(Duration.ZERO));
        scene.provide(1, name -> "hello " + name);
        int refused = 0;
        // whichever second they fall into, they cannot all have one of their own
        for (int call = 0; call < 100; call++) {
            refused += scene.refused().equals("capability.rate") ? 1 : 0;
        }

        assertThat(refused).isPositive();
    }

    @Test
    void waitsForAPlaceInTheRate() throws Exception {
        scene.limit(Limits.of("*").perSecond(100));
        scene.provide(1, name -> "hello " + name);

        // more than fit into two seconds of the limiter, whenever the first begins
        for (int call = 0; call < 201; call++) {
            assertThat(scene.proxy.greet("you")).isEqualTo("hello you");
        }
        assertThat(scene.view().counts().refused()).isZero();
    }
}
