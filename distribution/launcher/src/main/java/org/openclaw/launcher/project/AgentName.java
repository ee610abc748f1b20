package org.openclaw.launcher.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of an agent type, and what a project of it is called after it.
 *
 * @param value a lower-case letter, then up to 62 lower-case letters, digits, dots and hyphens
 */
public record AgentName(String value) {
    private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9.-]{0,62}");
    private static final int LONGEST = 63;

    /** @throws IllegalArgumentException when it is none; the text says which one would do */
    public AgentName {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of an agent type (expected: a lower-case letter, then up to 62 lower-case letters, digits, '.' or '-')%s"
                            .formatted(value, suggestion(value)));
        }
    }

    private static String suggestion(String wrong) {
        var near = wrong.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.-]+", "-")
                .replaceAll("^[^a-z]+", "")
                .replaceAll("-+$", "");
        return near.isEmpty() ? "." : ". '%s' would do.".formatted(near.substring(0, Math.min(near.length(), LONGEST)));
    }

    /** Maven's artifactId and the Bundle-SymbolicName, which has no empty part between dots. */
    public String artifact() {
        return Arrays.stream(value.split("\\.", -1))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
    }

    /** The Java package unless the author names one: the letters and digits. */
    public JavaPackage javaPackage() {
        return JavaPackage.near(value.replaceAll("[.-]", ""));
    }

    /** What the names of its classes begin with: {@code OrderDesk} for {@code order-desk}. */
    public String classPrefix() {
        return Arrays.stream(value.split("[.-]", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
    }

    /** The publisher unless the author names one; its name ends in a letter or digit. */
    public String publisher() {
        return value.replaceAll("[.-]+$", "");
    }

    @Override
    public String toString() {
        return value;
    }
}
