package org.openclaw.message;

import java.util.regex.Pattern;

/**
 * The boundary for quotas, fairness and policy. Agents of different tenants never see each other.
 *
 * @param name a lower-case letter, then up to 62 lower-case letters, digits and hyphens
 */
public record Tenant(String name) {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** The tenant of everybody who is not told otherwise. */
    public static final Tenant DEFAULT = new Tenant("default");

    /** @throws IllegalArgumentException when the name has another shape */
    public Tenant {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("tenant: '" + name
                    + "' (expected: a lower-case letter, then up to 62 lower-case letters, digits or '-')");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
