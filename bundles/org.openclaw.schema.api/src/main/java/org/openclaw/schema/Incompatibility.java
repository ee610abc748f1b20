package org.openclaw.schema;

/**
 * One reason why a body that one version writes might not be read by the other.
 *
 * @param reader who could not read it
 * @param pointer where in the body, as a JSON Pointer (RFC 6901) in which {@code *} stands for any index of an array and any key of
 *     a map; empty for the whole body
 * @param rule what the reader expects and the writer does not keep, in words that name both
 * @param cure what to change
 */
public record Incompatibility(Reader reader, String pointer, String rule, String cure) {
    /** Who reads; the other wrote. */
    public enum Reader {
        /** The older version, for which {@link Compatibility#olderReads} is asked. */
        OLDER,
        /** The newer version, for which {@link Compatibility#newerReads} is asked. */
        NEWER
    }

    @Override
    public String toString() {
        return "%s: %s. %s.".formatted(pointer.isEmpty() ? "the body" : pointer, rule, cure);
    }
}
