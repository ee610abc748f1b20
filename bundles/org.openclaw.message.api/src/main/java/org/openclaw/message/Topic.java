package org.openclaw.message;

/**
 * Where messages are published, within a tenant. It exists from its first publication or subscription on, until it has neither.
 *
 * @param name a lower-case letter, then up to 62 lower-case letters, digits, dots and hyphens
 */
public record Topic(String name) implements Comparable<Topic> {
    /** @throws IllegalArgumentException when the name has another shape */
    public Topic {
        if (!Names.isName(name)) {
            throw new IllegalArgumentException("topic: '" + name + "' (expected: " + Names.SHAPE + ")");
        }
    }

    /** @throws IllegalArgumentException when the name has another shape */
    public static Topic of(String name) {
        return new Topic(name);
    }

    @Override
    public int compareTo(Topic other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
