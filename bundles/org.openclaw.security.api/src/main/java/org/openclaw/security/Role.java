package org.openclaw.security;

/** What a subject may do; each role may do what the ones before it may. */
public enum Role {
    /** May look at everything and change nothing. */
    READER,
    /** May change everything. */
    ADMIN;

    /** Whether this role may do what {@code other} may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
