package org.openclaw.message;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a CloudEvents 1.0 event says of itself beside what every message says: its subject, and extension attributes. Filters of
 * subscriptions look at them, and a subscription may take the key of the receiving agent from one.
 *
 * @param subject the CloudEvents {@code subject}, 1 to 512 characters
 * @param extensions by name, at most 32: 1 to 20 lower-case letters and digits, each value 1 to 512 characters. Values of other
 *     types are as CloudEvents writes them as a string
 */
public record Attributes(Optional<String> subject, SortedMap<String, String> extensions) {
    /** None. */
    public static final Attributes NONE = new Attributes(Optional.empty(), Collections.emptySortedMap());

    private static final int MOST = 32;
    private static final int LONGEST = 512;
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]{1,20}");

    /** What is said elsewhere: of the event itself, of its data, or by {@link Delivery}. */
    private static final Set<String> TAKEN = Set.of(
            "id",
            "source",
            "type",
            "subject",
            "time",
            "specversion",
            "datacontenttype",
            "dataschema",
            "data",
            "database64",
            "priority",
            "deadline",
            "expirytime");

    /** @throws IllegalArgumentException when there are too many, or a name or value has another shape */
    public Attributes {
        subject.ifPresent(text -> requireValue("subject", text));
        if (extensions.size() > MOST) {
            throw new IllegalArgumentException(
                    extensions.size() + " extension attributes (expected: at most " + MOST + ")");
        }
        extensions.forEach((name, value) -> {
            if (!isExtension(name)) {
                throw new IllegalArgumentException("extension attribute '" + name
                        + "' (expected: 1 to 20 lower-case letters and digits, and none that CloudEvents or the delivery"
                        + " of a message has for something else)");
            }
            requireValue(name, value);
        });
        extensions = extensions.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    private static void requireValue(String name, String value) {
        if (value.isEmpty() || value.length() > LONGEST || Names.hasControl(value)) {
            throw new IllegalArgumentException("attribute " + name + " of " + value.length()
                    + " characters (expected: 1 to " + LONGEST + ", none of them a control character)");
        }
    }

    /** Whether an extension attribute may have this name. */
    static boolean isExtension(String name) {
        return SHAPE.matcher(name).matches() && !TAKEN.contains(name);
    }

    /** A subject alone. */
    public static Attributes subject(String text) {
        return new Attributes(Optional.of(text), Collections.emptySortedMap());
    }

    /** The same with extension attributes in place of those that it has. */
    public Attributes with(Map<String, String> others) {
        return new Attributes(subject, new TreeMap<>(others));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return subject.isEmpty() && extensions.isEmpty();
    }
}
