package org.openclaw.message;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where an agent lives, within a tenant: {@code type/key}.
 *
 * @param type the agent type: a lower-case letter, then up to 62 lower-case letters, digits, dots and hyphens
 * @param key which agent of that type: 1 to 256 bytes of UTF-8 without control characters
 */
public record Address(String type, String key) implements Comparable<Address> {
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9.-]{0,62}");
    private static final int MAX_KEY_BYTES = 256;

    /** @throws IllegalArgumentException when type or key have another shape */
    public Address {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("agent type: '" + type
                    + "' (expected: a lower-case letter, then up to 62 lower-case letters, digits, '.' or '-')");
        }
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_KEY_BYTES || key.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("agent key of " + length + " bytes (expected: 1 to " + MAX_KEY_BYTES
                    + " bytes of UTF-8 without control characters)");
        }
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
