package org.openclaw.message;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The bytes of a message, a reply or a state, with their media type. Immutable; equal by content. */
public final class Body {
    /** The media type of JSON. */
    public static final String JSON = "application/json";

    private static final int MAX_MEDIA_TYPE = 127;
    /** Tokens (RFC 9110, 8.3.1). */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+/[a-z0-9!#$%&'*+.^_`|~-]+");

    private final String mediaType;
    private final byte[] bytes;

    private Body(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    /** JSON in UTF-8; the array is copied. */
    public static Body json(byte[] utf8) {
        return new Body(JSON, utf8.clone());
    }

    /**
     * JSON in UTF-8, as a writer gives it into a stream. The stream keeps what it is given as long as this runs, and closing it
     * changes nothing; whatever the writer throws is thrown here.
     */
    public static Body json(Consumer<OutputStream> writer) {
        var sink = new Sink();
        writer.accept(sink);
        return new Body(JSON, sink.taken());
    }

    /** JSON. */
    public static Body json(String text) {
        return new Body(JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Bytes of any kind; the array is copied. What agents take is JSON.
     *
     * @param mediaType in lower case, without parameters, such as {@code text/plain}
     * @throws IllegalArgumentException when the media type has another shape
     */
    public static Body of(String mediaType, byte[] bytes) {
        if (mediaType.length() > MAX_MEDIA_TYPE
                || !MEDIA_TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("media type of " + mediaType.length()
                    + " characters (expected: type/subtype in lower case, without parameters, of at most "
                    + MAX_MEDIA_TYPE + ")");
        }
        return new Body(mediaType, bytes.clone());
    }

    /** The media type, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes, to be read; with no copy of them. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /**
     * Copies the bytes into an array, from an offset on.
     *
     * @throws IndexOutOfBoundsException when they do not fit
     */
    public void copyTo(byte[] into, int offset) {
        System.arraycopy(bytes, 0, into, offset, bytes.length);
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** An array that fits when all comes at once, which is what small values do. */
    private static final class Sink extends OutputStream {
        private byte[] bytes = {};
        private int size;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            if (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, size == 0 ? length : Math.max(size + length, 2 * size));
            }
            System.arraycopy(from, offset, bytes, size, length);
            size += length;
        }

        /** Nothing that is written later goes into this array: it is full. */
        private byte[] taken() {
            return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && mediaType.equals(body.mediaType) && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * mediaType.hashCode() + Arrays.hashCode(bytes);
    }

    /** The media type and the size: contents stay out of logs. */
    @Override
    public String toString() {
        return mediaType + ", " + bytes.length + " bytes";
    }
}
