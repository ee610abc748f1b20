package org.openclaw.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a message, a reply or a state, with their media type. Immutable; equal by content. */
public final class Body {
    /** The media type of JSON. */
    public static final String JSON = "application/json";

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

    /** JSON. */
    public static Body json(String text) {
        return new Body(JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The media type, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
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
