package org.openclaw.schema;

/**
 * One reason why a body does not fit.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901); empty for the whole body
 * @param rule what was expected there, in words
 * @param found what kind of value was found; never the value itself
 */
public record Violation(String pointer, String rule, String found) {
    @Override
    public String toString() {
        return "%s: %s (expected: %s)".formatted(pointer.isEmpty() ? "the body" : pointer, found, rule);
    }
}
