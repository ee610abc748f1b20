package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BoundedInputTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final BoundedInput.Limit limit = new BoundedInput.Limit(10, Duration.ofSeconds(5));

    private record Stream(long length, InputStream open) implements Request.Content {}

    @Test
    void readsABodyOfExactlyTheBound() throws Exception {
        var content = new Stream(-1, new ByteArrayInputStream(new byte[10]));

        assertThat(BoundedInput.readAll(content, limit, now::get)).hasSize(10);
    }

    @Test
    void doesNotTouchABodyThatIsAnnouncedAsTooLong() {
        var content = new Stream(11, new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("it was read");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        });

        assertThat(refused(content)).isEqualTo("body.too.large");
    }

    @Test
    void stopsReadingBehindTheBound() throws IOException {
        var bytes = new ByteArrayInputStream(new byte[1_000_000]);

        assertThat(refused(new Stream(-1, bytes))).isEqualTo("body.too.large");
        assertThat(bytes.available()).isGreaterThan(900_000);
    }

    @Test
    void refusesABodyThatTricklesIn() {
        var trickle = new InputStream() {
            @Override
            public int read() {
                now.updateAndGet(time -> time.plusSeconds(1));
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                bytes[offset] = (byte) read();
                return 1;
            }
        };

        assertThat(refused(new Stream(-1, trickle))).isEqualTo("body.slow");
    }

    @Test
    void refusesABodyThatBreaksOff() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThat(refused(new Stream(5, broken))).isEqualTo("body.incomplete");
    }

    private String refused(Request.Content content) {
        var problem = new AtomicReference<Problem>();
        assertThatThrownBy(() -> BoundedInput.readAll(content, limit, now::get))
                .isInstanceOfSatisfying(Rejection.class, rejection -> problem.set(rejection.problem()));
        assertThat(problem.get().headers()).containsEntry("Connection", "close");
        return problem.get().code();
    }
}
