package org.openclaw.image.assembly;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a tar in one pass: the POSIX form that jib writes, with its extended headers for long names. */
public final class TarReader implements Closeable {
    private static final int BLOCK = 512;
    private static final Pattern LONG_NAME = Pattern.compile("(?m)^\\d+ path=(.*)$");

    private final InputStream in;
    private long position;
    private long unread;
    private long padding;

    /** Takes the stream over, at the beginning of the tar. */
    public TarReader(InputStream in) {
        this.in = in;
    }

    /** The next file, folder or link; empty behind the last one. */
    public Optional<TarEntry> next() throws IOException {
        skip(unread + padding);
        var longName = Optional.<String>empty();
        while (true) {
            var header = block();
            if (header.length == 0 || header[0] == 0) {
                position -= header.length;
                unread = 0;
                padding = 0;
                return Optional.empty();
            }
            unread = number(header, 124, 12);
            padding = (BLOCK - unread % BLOCK) % BLOCK;
            char type = (char) header[156];
            if (type == 'x') {
                var extended = LONG_NAME.matcher(new String(content(), StandardCharsets.UTF_8));
                longName = extended.find() ? Optional.of(extended.group(1)) : Optional.empty();
                skip(padding);
                continue;
            }
            var prefix = text(header, 345, 155);
            var name = longName.orElse((prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100));
            return Optional.of(new TarEntry(
                    name.replaceAll("^/|/$", ""),
                    type,
                    (int) number(header, 100, 8),
                    number(header, 108, 8),
                    number(header, 116, 8),
                    unread));
        }
    }

    /** The bytes of the file that {@link #next} has given; empty the second time. */
    public byte[] content() throws IOException {
        var bytes = in.readNBytes(Math.toIntExact(unread));
        if (bytes.length < unread) {
            throw new EOFException("the tar is cut short");
        }
        position += bytes.length;
        unread = 0;
        return bytes;
    }

    /** The file that {@link #next} has given, as a stream that ends with it; the reader goes on behind it. */
    InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = unread == 0 ? -1 : in.read(into, offset, (int) Math.min(length, unread));
                if (read > 0) {
                    unread -= read;
                    position += read;
                }
                return read;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    /** How many bytes have been read; behind the last entry, where another one would begin. */
    public long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
        position += bytes;
    }

    private byte[] block() throws IOException {
        var block = in.readNBytes(BLOCK);
        position += block.length;
        return block;
    }

    private static long number(byte[] header, int offset, int length) {
        var octal = text(header, offset, length).strip();
        return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }
}
