package org.openclaw.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A body within bounds of length and time. When reading fails, {@link #rejection}
 * tells whose fault it was. Not thread-safe.
 */
final class BoundedInput extends InputStream {
    /** Of a body: bytes, and the time from its first to its last byte. */
    record Limit(long bytes, Duration time) {}

    private enum Fault {
        NONE,
        TOO_LARGE,
        TOO_SLOW,
        BROKEN
    }

    private final InputStream in;
    private final Limit limit;
    private final InstantSource clock;
    private final Instant deadline;
    private long read;
    private Fault fault = Fault.NONE;

    private BoundedInput(InputStream in, Limit limit, InstantSource clock) {
        this.in = in;
        this.limit = limit;
        this.clock = clock;
        this.deadline = clock.instant().plus(limit.time());
    }

    /** Opens a body; one that is announced as too long is refused before a byte of it is read. */
    static BoundedInput open(Request.Content content, Limit limit, InstantSource clock) throws Rejection {
        if (content.length() > limit.bytes()) {
            throw tooLarge(limit);
        }
        try {
            return new BoundedInput(content.open(), limit, clock);
        } catch (IOException broken) {
            throw incomplete();
        }
    }

    /** The whole body. */
    static byte[] readAll(Request.Content content, Limit limit, InstantSource clock) throws Rejection {
        try (var in = open(content, limit, clock)) {
            try {
                return in.readAllBytes();
            } catch (IOException failed) {
                throw in.rejection();
            }
        } catch (IOException unclosed) {
            throw incomplete();
        }
    }

    /** Whether the body itself was at fault, and not what it was copied to. */
    boolean isAtFault() {
        return fault != Fault.NONE;
    }

    Rejection rejection() {
        return switch (fault) {
            case TOO_LARGE -> tooLarge(limit);
            case TOO_SLOW ->
                Problem.of(
                                408,
                                "body.slow",
                                "The body took longer than " + limit.time().toSeconds() + " s.")
                        .with("Connection", "close")
                        .rejection();
            case NONE, BROKEN -> incomplete();
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(bytes, offset, length);
        } catch (IOException broken) {
            throw failed(Fault.BROKEN, broken);
        }
        read += Math.max(0, count);
        if (read > limit.bytes()) {
            throw failed(Fault.TOO_LARGE, null);
        }
        if (count >= 0 && clock.instant().isAfter(deadline)) {
            throw failed(Fault.TOO_SLOW, null);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private IOException failed(Fault why, @Nullable IOException cause) {
        fault = why;
        return new IOException("the body is " + why, cause);
    }

    private static Rejection tooLarge(Limit limit) {
        // The rest is not read, so the connection cannot go on.
        return Problem.of(413, "body.too.large", "The body is longer than " + limit.bytes() + " bytes.")
                .with("Connection", "close")
                .rejection();
    }

    private static Rejection incomplete() {
        return Problem.of(400, "body.incomplete", "The body ended before its end.")
                .with("Connection", "close")
                .rejection();
    }
}
