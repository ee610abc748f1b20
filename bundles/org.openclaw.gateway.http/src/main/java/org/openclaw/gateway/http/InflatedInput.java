package org.openclaw.gateway.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What was compressed with gzip (RFC 1952), read as it was before. What becomes very much larger than it came is not read on: nobody
 * sends that but to do harm. Not thread-safe.
 */
final class InflatedInput extends InputStream {
    /** How many times larger it may become. */
    static final int MOST_RATIO = 100;
    /** Short ones may be as dense as they like. */
    static final int FREE = 64 << 10;

    private static final int BUFFER = 4096;

    /** It becomes too large for what came. */
    static final class TooDense extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** It is not what gzip makes. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1;

        Malformed(IOException cause) {
            super("no gzip", cause);
        }
    }

    private final Counted compressed;
    private @Nullable InputStream inflated;
    private long read;

    InflatedInput(InputStream in) {
        compressed = new Counted(in);
    }

    /** Counts what came. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count += octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int some = super.read(bytes, offset, length);
            count += Math.max(0, some);
            return some;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int some = inflate(bytes, offset, length);
        read += Math.max(0, some);
        if (read > FREE && read > MOST_RATIO * compressed.count) {
            throw new TooDense();
        }
        return some;
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            var in = inflated;
            if (in == null) {
                // reads the first bytes: not before somebody asks, so that what is wrong with them is told as all else
                in = new GZIPInputStream(compressed, BUFFER);
                inflated = in;
            }
            return in.read(bytes, offset, length);
        } catch (ZipException | EOFException malformed) {
            throw new Malformed(malformed);
        }
    }

    @Override
    public void close() throws IOException {
        var in = inflated;
        if (in != null) {
            in.close(); // frees what the inflater has outside the heap
        }
        compressed.close();
    }
}
