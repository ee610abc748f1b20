package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BoundedInputTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final BoundedInput.Limit limit = new BoundedInput.Limit(10, Duration.ofSeconds(5));

    private record Stream(long length, InputStream open) implements Request.Content {}

    @Test
    void readsABodyOfExactlyTheBound() throws Exception {
        var content = new Stream(-1, new ByteArrayInputStream(new byte[10]));

        assertThat(BoundedInput.readAll(request(content, ""), limit, now::get)).hasSize(10);
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

    private static Request request(Request.Content content, String coding) {
        return new Request(
                "POST",
                "/v1/bundles",
                "",
                name -> Optional.of(coding).filter(each -> name.equals("Content-Encoding") && !each.isEmpty()),
                content);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private byte[] inflate(byte[] compressed, long most) throws Rejection {
        return BoundedInput.readAll(
                request(new Stream(compressed.length, new ByteArrayInputStream(compressed)), "gzip"),
                new BoundedInput.Limit(most, Duration.ofSeconds(5)),
                now::get);
    }

    @Test
    void inflatesABody() throws Exception {
        var text = "{\"sku\":\"a\"}".repeat(100).getBytes(StandardCharsets.UTF_8);

        assertThat(inflate(gzip(text), text.length)).isEqualTo(text);
        assertThat(inflate(gzip(new byte[0]), 1024)).isEmpty();
    }

    @Test
    void boundsWhatABodyBecomes() throws Exception {
        var compressed = gzip(new byte[50_000]);

        assertThat(compressed).hasSizeLessThan(1024);
        assertThat(problem(() -> inflate(compressed, 1024)).code()).isEqualTo("body.too.large");
    }

    @Test
    void doesNotInflateABomb() throws Exception {
        var bomb = gzip(new byte[10 << 20]);
        var raw = new ByteArrayInputStream(bomb);
        var refused = problem(() -> BoundedInput.readAll(
                request(new Stream(bomb.length, raw), "gzip"),
                new BoundedInput.Limit(64 << 20, Duration.ofSeconds(5)),
                now::get));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.code()).isEqualTo("body.too.dense");
    }

    @Test
    void boundsAHeaderOfGzipThatDoesNotEnd() {
        // the flag says that a name follows, which ends with a zero
        byte[] head = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
        var endless = new SequenceInputStream(new ByteArrayInputStream(head), new InputStream() {
            @Override
            public int read() {
                return 'n';
            }
        });

        assertThat(problem(() -> BoundedInput.readAll(request(new Stream(-1, endless), "gzip"), limit, now::get))
                        .code())
                .isEqualTo("body.too.large");
    }

    @Test
    void refusesWhatIsNoGzipOrBreaksOff() throws Exception {
        var compressed = gzip("{\"sku\":\"a\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(problem(() -> inflate(Arrays.copyOf(compressed, compressed.length - 9), 1024))
                        .code())
                .isEqualTo("body.malformed");
        assertThat(problem(() -> inflate(new byte[] {'{', '}'}, 1024)).code()).isEqualTo("body.malformed");
    }

    private static Problem problem(ThrowingCallable reading) {
        var problem = new AtomicReference<Problem>();
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(Rejection.class, rejection -> problem.set(rejection.problem()));
        return problem.get();
    }

    private String refused(Request.Content content) {
        var problem = new AtomicReference<Problem>();
        assertThatThrownBy(() -> BoundedInput.readAll(request(content, ""), limit, now::get))
                .isInstanceOfSatisfying(Rejection.class, rejection -> problem.set(rejection.problem()));
        assertThat(problem.get().headers()).containsEntry("Connection", "close");
        return problem.get().code();
    }
}
