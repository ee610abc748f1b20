package org.openclaw.message;

import java.nio.charset.StandardCharsets;

/**
 * Where an agent lives, within a tenant: {@code type/key}.
 *
 * @param type the agent type: a lower-case letter, then up to 62 lower-case letters, digits, dots and hyphens
 * @param key which agent of that type: 1 to 256 bytes of UTF-8 without control characters
 */
public record Address(String type, String key) implements Comparable<Address> {
    private static final int MAX_KEY_BYTES = 256;

    /** @throws IllegalArgumentException when type or key have another shape */
    public Address {
        if (!Names.isName(type)) {
            throw new IllegalArgumentException("agent type: '" + type + "' (expected: " + Names.SHAPE + ")");
        }
        int length = isPlain(key) ? key.length() : key.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_KEY_BYTES || Names.hasControl(key)) {
            throw new IllegalArgumentException("agent key of " + length + " bytes (expected: 1 to " + MAX_KEY_BYTES
                    + " bytes of UTF-8 without control characters)");
        }
    }

    /** Whether an agent may have this key. */
    static boolean isKey(String key) {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        return length > 0 && length <= MAX_KEY_BYTES && !Names.hasControl(key);
    }

    private static boolean isPlain(String key) {
        for (int at = 0; at < key.length(); at++) {
            if (key.charAt(at) > '~') {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException when type or key have another shape */
    public static Address of(String type, String key) {
        return new Address(type, key);
    }

    /**
     * Reads {@code type/key}; a key may itself contain slashes.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static Address parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("address: '" + text + "' (expected: type/key)");
        }
        return new Address(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(Address other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return type + "/" + key;
    }
}
