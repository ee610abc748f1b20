package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnderWayTest {
    private final UnderWay underWay = new UnderWay();
    /** One that is answered on its thread. */
    private final HttpServletRequest plain = (HttpServletRequest) Proxy.newProxyInstance(
            UnderWayTest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (_, _, _) -> false);

    @Test
    void letsNobodyInWhenItIsClosed() {
        assertThat(underWay.enter()).isTrue();
        underWay.close();
        assertThat(underWay.enter()).isFalse();
    }

    @Test
    void waitsForThoseWhoAreIn() throws Exception {
        underWay.enter();
        underWay.enter();
        underWay.close();
        var ended = CompletableFuture.supplyAsync(() -> underWay.await(Duration.ofMinutes(1)));
        underWay.leave(plain);
        assertThat(ended).isNotDone();
        underWay.leave(plain);

        assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNotWaitForever() {
        underWay.enter();

        assertThat(underWay.await(Duration.ofMillis(1))).isFalse();
    }
}
