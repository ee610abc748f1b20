package org.openclaw.gateway.http;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * A body as it comes. Whoever reads it waits for it, on a thread of which there are few, so only some may wait at a time: clients that send
 * slowly do not get them all. What has come already is read without waiting, and so is the end of a body whose length was announced; that of
 * another is waited for, as nobody can tell it from more to come. Not thread-safe.
 */
final class AwaitedInput extends InputStream {
    /** Too many wait for theirs already. */
    static final class Crowded extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final ServletInputStream in;
    private final Semaphore waiting;
    private final long length;
    private long read;

    /**
     * @param length as it was announced; -1 when it was not
     * @param waiting one permit for each that may wait, shared by all
     */
    AwaitedInput(ServletInputStream in, long length, Semaphore waiting) {
        this.in = in;
        this.length = length;
        this.waiting = waiting;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int some = read == this.length || in.available() > 0
                ? in.read(bytes, offset, length)
                : await(bytes, offset, length);
        read += Math.max(0, some);
        return some;
    }

    private int await(byte[] bytes, int offset, int length) throws IOException {
        if (!waiting.tryAcquire()) {
            throw new Crowded();
        }
        try {
            return in.read(bytes, offset, length);
        } finally {
            waiting.release();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
