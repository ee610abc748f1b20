package org.openclaw.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A body within bounds of length and time, as it was before it was compressed: its length is that. When reading fails, {@link #rejection}
 * tells whose fault it was. Not thread-safe.
 */
final class BoundedInput extends InputStream {
    /** Of a body: bytes, and the time from its first to its last byte. */
    record Limit(long bytes, Duration time) {}

    private enum Fault {
        NONE,
        TOO_LARGE,
        TOO_DENSE,
        MALFORMED,
        TOO_SLOW,
        CROWDED,
        BROKEN
    }

    /** Reading has failed. */
    private static final class Failure extends IOException {
        private static final long serialVersionUID = 1;
        private final Fault fault;

        Failure(Fault fault, @Nullable IOException cause) {
            super("the body is " + fault, cause);
            this.fault = fault;
        }
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
    static BoundedInput open(Request request, Limit limit, InstantSource clock) throws Rejection {
        var coding = Coding.of(request);
        var content = request.content();
        if (content.length() > limit.bytes()) {
            throw tooLarge(limit);
        }
        try {
            return coding == Coding.IDENTITY
                    ? new BoundedInput(content.open(), limit, clock)
                    // both what comes and what becomes of it is bounded: gzip alone may have headers without end
                    : new BoundedInput(coding.decoded(new BoundedInput(content.open(), limit, clock)), limit, clock);
        } catch (IOException broken) {
            throw incomplete();
        }
    }

    /** The whole body. */
    static byte[] readAll(Request request, Limit limit, InstantSource clock) throws Rejection {
        try (var in = open(request, limit, clock)) {
            try {
                long length = request.content().length();
                return Coding.of(request) == Coding.IDENTITY && length >= 0
                        ? in.readNBytes((int) length) // within the limit, and no more comes
                        : in.readAllBytes();
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
                                "The body took longer than " + limit.time().toSeconds()
                                        + " s. Send it faster, or compressed.")
                        .with("Connection", "close")
                        .rejection();
            case TOO_DENSE ->
                Problem.of(
                                413,
                                "body.too.dense",
                                "The body becomes more than " + InflatedInput.MOST_RATIO
                                        + " times as long as it came. Send it as it is, without Content-Encoding.")
                        .with("Connection", "close")
                        .rejection();
            case CROWDED ->
                Problem.of(503, "bodies.full", "Too many clients send slowly at a time. Try again.")
                        .retryAfter(Duration.ofSeconds(1))
                        .with("Connection", "close")
                        .rejection();
            case MALFORMED ->
                Problem.of(
                                400,
                                "body.malformed",
                                "The body is not what gzip makes, or ends before its end. Send it again, or without Content-Encoding.")
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
        } catch (Failure below) {
            throw failed(below.fault, below);
        } catch (AwaitedInput.Crowded crowded) {
            throw failed(Fault.CROWDED, crowded);
        } catch (InflatedInput.TooDense dense) {
            throw failed(Fault.TOO_DENSE, dense);
        } catch (InflatedInput.Malformed malformed) {
            throw failed(Fault.MALFORMED, malformed);
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
        return new Failure(why, cause);
    }

    private static Rejection tooLarge(Limit limit) {
        // The rest is not read, so the connection cannot go on.
        return Problem.of(
                        413,
                        "body.too.large",
                        "The body is longer than " + limit.bytes() + " bytes. Send less at a time.")
                .with("Connection", "close")
                .rejection();
    }

    private static Rejection incomplete() {
        return Problem.of(400, "body.incomplete", "The body ended before its end. Send it again, whole.")
                .with("Connection", "close")
                .rejection();
    }
}
