package org.openclaw.launcher.project;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a package that classes of a plugin may be in.
 *
 * @param name such as {@code com.acme.orders}
 */
public record JavaPackage(String name) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Java Language Specification 3.9 and 3.10: keywords and literals. */
    private static final Set<String> RESERVED = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                            + " final finally float for goto if implements import instanceof int interface long native"
                            + " new package private protected public return short static strictfp super switch"
                            + " synchronized this throw throws transient try void volatile while _ true false null")
                    .split(" "));

    /** Those of the JDK cannot be loaded from a bundle, and those of the container are not a plugin's to fill. */
    private static final List<String> TAKEN = List.of("java", "org.openclaw", "org.osgi");

    /** @throws IllegalArgumentException when there can be no such package in a plugin */
    public JavaPackage {
        for (var part : name.split("\\.", -1)) {
            if (!IDENTIFIER.matcher(part).matches() || RESERVED.contains(part)) {
                throw new IllegalArgumentException(
                        "'%s' is no name of a Java package: '%s' is no identifier (expected: such as com.acme.orders)."
                                .formatted(name, part));
            }
        }
        for (var taken : TAKEN) {
            if (name.equals(taken) || name.startsWith(taken + ".")) {
                throw new IllegalArgumentException(
                        "'%s' is within %s, which is not a plugin's (expected: a package of your own, such as com.acme.orders)."
                                .formatted(name, taken));
            }
        }
    }

    /** The package of this one word or, where that cannot be one, of the word and an underscore. */
    static JavaPackage near(String word) {
        return new JavaPackage(RESERVED.contains(word) || TAKEN.contains(word) ? word + "_" : word);
    }

    /** Its folder below a folder of sources. */
    String path() {
        return name.replace('.', '/');
    }

    @Override
    public String toString() {
        return name;
    }
}
