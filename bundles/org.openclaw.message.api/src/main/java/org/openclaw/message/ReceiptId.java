package org.openclaw.message;

/**
 * Names an accepted message.
 *
 * @param value an opaque text that is safe in a URL path
 */
public record ReceiptId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
